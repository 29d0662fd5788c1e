import { fill, make } from "../shared/dom.js"
import { NumberBars } from "./number_bars.js"

const HUES = ["focus", "rival"]

// What is said of the line that is lit: formula, sentence, bars of its numbers, and the iteration they are of.
export class Note {
  // `act`: { seek(iteration), step(by) }.
  constructor(words, iterations, act) {
    const part = (name, tag = "p") => (this[name] = make(tag, { className: name }))
    this.words = words
    this.bars = new NumberBars(words)
    this.numbers = make("div", { className: "now" })
    const arrow = (by, sign, label) =>
      make("button", { type: "button", className: "arrow", textContent: sign, "aria-label": label, onclick: () => act.step(by) })
    this.arrows = [arrow(-1, "‹", words.before), arrow(1, "›", words.after)]
    this.dots = Array.from({ length: iterations }, (_, r) =>
      make("button", {
        type: "button",
        textContent: r + 1,
        "aria-label": fill(words.to_iteration, { iteration: r + 1 }),
        onclick: () => act.seek(r + 1),
      }),
    )
    this.steps = make("div", { className: "steps", role: "group", "aria-label": words.iteration }, this.arrows[0], ...this.dots, this.arrows[1])
    this.element = make(
      "section",
      { className: "note", "aria-label": words.note },
      part("paper"),
      part("formula", "div"),
      part("said"),
      this.bars.element,
      this.numbers,
      part("whose"),
      this.steps,
    )
  }

  // `isRun`: whether the code's lines run in iterations.
  show(note, iteration, { classes, look }, isRun) {
    const at = values => values[Math.min(iteration, values.length) - 1]
    if (this.written !== note.formula) this.formula.innerHTML = this.written = note.formula // the server's own MathML
    this.paper.textContent = note.paper
    this.paper.hidden = !note.paper
    this.said.textContent = note.said
    this.whose.textContent = note.whose
    this.whose.hidden = !note.whose
    const now = at(note.now)
    this.numbers.replaceChildren(
      ...now.map((text, n) => this.number(text, now.length > 1 ? HUES[n] : "", classes, look)),
    )
    this.bars.show(note, at(note.bars), classes, look)
    this.steps.hidden = !isRun
    this.dots.forEach((dot, r) => setPressed(dot, r + 1 === iteration))
  }

  // Of the digit looked at or of its rival, or of neither.
  number(text, hue, classes, look) {
    const name = hue ? [make("b", { textContent: classes[look[hue]] })] : []
    return make("p", { className: hue }, ...name, make("span", { textContent: text }))
  }

  // While the pen moves, numbers are of the digit before.
  wait(isWaiting) {
    this.element.classList.toggle("stale", isWaiting)
  }
}

function setPressed(button, isPressed) {
  button.setAttribute("aria-pressed", isPressed)
}
