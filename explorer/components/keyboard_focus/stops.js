const CONTROLS = "a[href], button, input, select, textarea, [tabindex]"

// What the Tab key stops at within an element, in its order; what stands in components' shadow trees, too.
export function stops(root) {
  const found = []
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) found.push(...stops(element.shadowRoot))
    else if (element.matches(CONTROLS) && isStop(element)) found.push(element)
  }
  return found
}

// The element that has the focus, in whatever shadow tree it is.
export function focused() {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

// Whether two elements are one stop of the Tab key: of radio buttons with one name it stops at one.
export function sameStop(one, other) {
  return one === other || (one.type === "radio" && other.type === "radio" && one.name && one.name === other.name)
}

function isStop(element) {
  if (element.disabled || element.tabIndex < 0 || element.closest("[inert]")) return false
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible"
}
