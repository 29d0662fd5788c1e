import { make } from "../shared/dom.js"

// A button that is found again by its name when all is made anew.
export function buttonOf(name, label, act) {
  return make("button", { type: "button", onclick: act, "data-name": name }, label)
}

// One of some, as buttons between which arrow keys go. `labels` are texts or elements.
export function choiceOf(name, labels, chosen, choose) {
  const group = make("div", { role: "radiogroup", "aria-label": name })
  const buttons = labels.map((label, at) => {
    const button = buttonOf(`${name}-${at}`, label, () => at !== chosen && choose(at))
    button.setAttribute("role", "radio")
    button.setAttribute("aria-checked", at === chosen)
    button.setAttribute("tabindex", at === chosen ? 0 : -1)
    return button
  })
  group.append(...buttons)
  group.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const here = buttons.indexOf(event.target)
    if (!step || here < 0) return
    event.preventDefault()
    const next = (here + step + buttons.length) % buttons.length
    buttons[next].focus()
    buttons[next].click()
  }
  return group
}
