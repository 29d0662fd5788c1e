import { keyed } from "../shared/keys.js"

// Where the arrow keys have work of their own: text, sliders, choices, and pictures that are walked by them.
const BUSY = "input, textarea, select, canvas, svg, [contenteditable], [role=slider], [role=tab], [role=radio], [role=option], [role=listbox], [role=menu]"

// Arrow keys anywhere else press buttons: `keys` says which, { ArrowLeft, ArrowRight }, by their keys of Streamlit.
export class StepKeys {
  constructor() {
    this.keys = {}
    this.ending = new AbortController()
    addEventListener("keydown", event => this.press(event), { signal: this.ending.signal })
  }

  press(event) {
    const key = this.keys[event.key]
    if (!key || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (isBusy(event.composedPath()[0])) return
    const button = keyed(key)[0]?.querySelector("button:not(:disabled)")
    if (!button) return
    event.preventDefault()
    button.click()
  }

  end() {
    this.ending.abort()
  }
}

const isBusy = element => element instanceof Element && Boolean(element.closest(BUSY))
