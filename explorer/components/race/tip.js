import { make } from "../shared/dom.js"

// Words at what is pointed at, by mouse, keyboard or finger: elements have a `tip`, a function that gives them.
export class Tip {
  constructor(root) {
    this.root = root
    this.element = make("div", { className: "tip", role: "tooltip", hidden: true })
    root.addEventListener("pointerover", event => this.point(event))
    root.addEventListener("pointerleave", () => this.hide())
    root.addEventListener("focusin", event => event.target.matches(":focus-visible") && this.point(event))
    root.addEventListener("focusout", () => this.hide())
  }

  point(event) {
    const pointed = event.composedPath().find(element => element.tip || element === this.root)
    const text = pointed?.tip?.()
    if (!text) return this.hide()
    this.element.textContent = text
    this.element.hidden = false
    const [own, page] = [pointed.getBoundingClientRect(), this.root.getBoundingClientRect()]
    const left = Math.min(Math.max(0, own.left + own.width / 2 - page.left - this.element.offsetWidth / 2), page.width - this.element.offsetWidth)
    const above = own.top - page.top - this.element.offsetHeight - 8
    this.element.style.left = `${left}px`
    this.element.style.top = `${above > -40 ? above : own.bottom - page.top + 8}px`
  }

  hide() {
    this.element.hidden = true
  }
}
