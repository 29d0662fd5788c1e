import { fill, make, signed } from "../shared/dom.js"
import { FilmStrip } from "./film_strip.js"
import { playButton } from "./swing.js"

// One of the pose's numbers: its film strip, its value, its play button, and how much it changes the picture.
export class PoseNumber {
  // `on` is what a film strip needs, and play().
  constructor(index, side, words, on) {
    const number = index + 1
    const mark = name => make("i", { className: name })
    this.index = index
    this.words = words
    const marks = ["beyond low", "beyond high", "own"].map(mark)
    this.film = new FilmStrip(side, fill(words.slider, { number }), on, ...marks)
    this.play = playButton(fill(words.play, { number }), on.play)
    this.bar = make("i")
    this.value = make("button", {
      type: "button",
      className: "value",
      tabIndex: -1,
      onclick: on.reset,
      title: words.reset,
    })
    const effect = make("span", { className: "effect" }, this.bar)
    const head = make("div", { className: "head" }, this.play, make("b", {}, String(number)), effect, this.value)
    const spans = make("div", { className: "spans" }, mark("trained"), mark("paper"))
    this.element = make("div", { className: "dimension" }, head, this.film.element, spans)
  }

  // What the slider runs along, and on it where the digit itself is, what the paper turns and what training spans.
  span({ own, low, high, trained_low, trained_high, paper, step }) {
    this.film.span(low, high, step)
    const marks = {
      own,
      "trained-low": trained_low,
      "trained-high": trained_high,
      "paper-low": own - paper,
      "paper-high": own + paper,
    }
    for (const [name, value] of Object.entries(marks))
      this.element.style.setProperty(`--${name}`, `${(100 * this.film.share(value)).toFixed(2)}%`)
  }

  show(value) {
    this.film.show(value, signed(value))
    this.value.textContent = signed(value)
    this.value.setAttribute("aria-label", `${signed(value)}, ${this.words.reset}`)
  }

  // How much turning this number changes the picture, and its share of the largest of all.
  effect(strength, share) {
    this.strength = strength
    this.bar.style.width = `${(100 * share).toFixed(1)}%`
    this.element.dataset.effect = strength.toFixed(6)
    this.bar.parentElement.title = fill(this.words.effect, { effect: (100 * strength).toFixed(1) })
  }

  // Dims the parts of the strip where the pose would be longer than 1, given the sum of squares of all other numbers.
  limit(others) {
    const limit = Math.sqrt(Math.max(0, 1 - others))
    this.element.style.setProperty("--within-low", this.film.share(-limit).toFixed(4))
    this.element.style.setProperty("--within-high", this.film.share(limit).toFixed(4))
  }
}
