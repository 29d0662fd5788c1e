import { keyed } from "../shared/keys.js"

// Where text is written, or something is chosen from a list.
const WRITING = "textarea, select, input:not([type=range], [type=radio], [type=checkbox]), [contenteditable], [role=option], [role=listbox], [role=menu]"
// Where arrow keys have work of their own, too: sliders, choices, and pictures that are walked by them.
const WALKED = "input, canvas, svg, [role=slider], [role=tab], [role=radio]"
// What the Escape key closes first.
const OPEN = "[data-testid=stPopoverBody], [role=dialog], [role=listbox], [role=menu]"

// Keys anywhere else press buttons: `keys` says which, { ArrowLeft, … }, by their keys of Streamlit.
export class StepKeys {
  constructor() {
    this.keys = {}
    this.ending = new AbortController()
    const { signal } = this.ending
    addEventListener("keydown", event => this.look(event), { signal, capture: true })
    addEventListener("keydown", event => this.press(event), { signal })
  }

  // Others may have closed what is open by the time that the key comes here.
  look(event) {
    this.closes = event.key === "Escape" && Boolean(document.querySelector(OPEN))
  }

  press(event) {
    const key = this.keys[event.key]
    if (!key || this.closes || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (isBusy(event.composedPath()[0], event.key)) return
    const button = keyed(key)[0]?.querySelector("button:not(:disabled)")
    if (!button) return
    event.preventDefault()
    button.click()
  }

  end() {
    this.ending.abort()
  }
}

const isBusy = (element, key) =>
  element instanceof Element && Boolean(element.closest(key.startsWith("Arrow") ? `${WRITING}, ${WALKED}` : WRITING))
