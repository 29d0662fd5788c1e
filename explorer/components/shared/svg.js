// Elements of an SVG drawing; they are kept, and only what changes is written.

const SVG = "http://www.w3.org/2000/svg"
const written = new WeakMap() // element -> attributes as they stand

// An element with attributes and children; "text" among the attributes is what it says.
export function shape(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag)
  put(element, attributes)
  element.append(...children)
  return element
}

// Sets attributes, and only those that change; null takes one away.
export function put(element, attributes) {
  if (!written.has(element)) written.set(element, {})
  const known = written.get(element)
  for (const [name, given] of Object.entries(attributes)) {
    const value = typeof given === "number" ? Math.round(given * 100) / 100 : given
    if (known[name] === value) continue
    known[name] = value
    if (name === "text") element.textContent = value
    else if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
  return element
}

// As many elements in a group as there are things to be drawn: kept, made and taken away.
export function fitted(group, count, begin) {
  while (group.children.length > count) group.lastChild.remove()
  while (group.children.length < count) group.append(begin(group.children.length))
  return [...group.children]
}

// About how many pixels wide words of 13 pixels are; letters of East Asia are as wide as they are high.
export function widthOf(text) {
  return [...text].reduce((width, letter) => width + (letter >= "\u2e80" ? 13 : 6.6), 0)
}
