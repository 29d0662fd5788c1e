const SVG = "http://www.w3.org/2000/svg"

// An element of an SVG drawing.
export function shape(name, attributes = {}, ...children) {
  const element = put(document.createElementNS(SVG, name), attributes)
  element.append(...children)
  return element
}

// Sets attributes; an attribute that is null is taken away.
export function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  return element
}

// Screen pixels in a sixteenth of the page's text size: drawings grow with it, as words do.
export function unitOf() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
}
