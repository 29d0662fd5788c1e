// Puts an element at a place of its parent's, in pixels; what is not given stays as it is.
export function place(element, { x, y, width, height }) {
  const sizes = { left: x, top: y, width, height }
  for (const [name, value] of Object.entries(sizes)) if (value !== undefined) element.style[name] = `${value.toFixed(2)}px`
}
