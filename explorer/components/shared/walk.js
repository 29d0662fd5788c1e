// Arrow keys go from one element to its neighbours as they lie on the screen; Tab enters at one of them, and leaves.
// `entry` is the number of the element at which Tab enters first. Safe to call again with other elements.
export function walkable(group, elements, entry) {
  const focused = elements.indexOf(group.getRootNode().activeElement)
  const reached = focused < 0 ? entry : focused
  elements.forEach((element, index) => element.setAttribute("tabindex", index === reached ? 0 : -1))
  group.onkeydown = event => {
    const here = elements.indexOf(event.target)
    const next = elements[here + stepOf(event.key, elements)]
    if (here < 0 || !next) return
    event.preventDefault()
    elements.forEach(element => element.setAttribute("tabindex", element === next ? 0 : -1))
    next.focus()
  }
}

function stepOf(key, elements) {
  const top = element => Math.round(element.getBoundingClientRect().top)
  const row = elements.filter(element => top(element) === top(elements[0])).length
  return { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[key]
}
