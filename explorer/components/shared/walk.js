// Arrow keys go from one element to its neighbours as they lie on the screen; Tab enters at one of them, and leaves.
function walkable(group, elements, entry) {
  const focused = elements.indexOf(group.getRootNode().activeElement)
  const reached = focused < 0 ? entry : focused
  elements.forEach((element, index) => element.setAttribute("tabindex", index === reached ? 0 : -1))
  group.onkeydown = event => {
    const here = elements.indexOf(event.target)
    const top = element => Math.round(element.getBoundingClientRect().top)
    const row = elements.filter(element => top(element) === top(elements[0])).length
    const next = elements[here + { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[event.key]]
    if (here < 0 || !next) return
    event.preventDefault()
    event.target.setAttribute("tabindex", -1)
    next.setAttribute("tabindex", 0)
    next.focus()
  }
}
