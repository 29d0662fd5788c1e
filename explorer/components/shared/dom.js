// Elements, words and colours.

// An element with properties, attributes where a name begins with "aria-" or "data-", and children.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties))
    if (/^(aria|data)-|^(role|tabindex)$/.test(name)) element.setAttribute(name, value)
    else element[name] = value
  element.append(...children)
  return element
}

// A sentence of text/*.toml, its {placeholders} filled in, numbers as {length:.2f} says; those without a value stay.
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)(?::\.(\d)f)?\}/g, (placeholder, name, digits) => {
    const value = values[name] ?? placeholder
    return digits && typeof value === "number" ? value.toFixed(digits) : value
  })
}

// +0.215; a true minus sign, so that numbers keep their width. What rounds to 0 has a plus.
export function signed(value, digits = 3) {
  const size = Math.abs(value).toFixed(digits)
  return (value < 0 && Number(size) > 0 ? "−" : "+") + size
}

// Sets a palette's CSS variables, such as { "--focus": "#0072b2" }.
export function colour(element, palette) {
  for (const [name, value] of Object.entries(palette)) element.style.setProperty(name, value)
}
