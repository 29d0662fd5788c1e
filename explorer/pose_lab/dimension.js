// One of the pose's numbers: a native slider over a film strip of what the digit looks like along it.

const FRAME = 30 // screen pixels, about, of one picture in a strip

class Dimension {
  // `on` holds what is to be done: press(), input(value), release(), cancel(), reset(), play().
  constructor(index, side, words, on) {
    const number = index + 1
    this.index = index
    this.words = words
    this.side = side
    this.play = playButton(fill(words.play, { number }), on.play)
    this.bar = make("i")
    this.value = make("button", { type: "button", className: "value", tabIndex: -1, onclick: on.reset })
    this.film = make("canvas", { role: "presentation" })
    this.slider = make("input", { type: "range", "aria-label": fill(words.slider, { number }) })
    this.slider.title = words.slider_help
    this.element = make(
      "div",
      { className: "dimension" },
      make("div", { className: "head" }, this.play, make("b", {}, String(number)), make("span", { className: "effect" }, this.bar), this.value),
      make("div", { className: "film" }, this.film, make("i", { className: "beyond low" }), make("i", { className: "beyond high" }), make("i", { className: "own" }), this.slider),
      make("div", { className: "spans" }, make("i", { className: "trained" }), make("i", { className: "paper" })),
    )
    this.listen(on)
  }

  listen(on) {
    const { slider } = this
    let typing = false // held arrow keys send "change" all the time: the release is when they come up
    slider.oninput = () => on.input(slider.valueAsNumber)
    slider.onchange = () => typing || on.release()
    slider.ondblclick = on.reset
    slider.onkeydown = event => {
      typing = true
      if (event.key === "Delete" || event.key === "Backspace") on.reset()
    }
    slider.onkeyup = slider.onblur = () => {
      if (typing) on.release()
      typing = false
    }
    slider.onpointerdown = on.press
    slider.onpointercancel = on.cancel
  }

  // What the slider runs along: its ends, where the digit itself is, and where training has been.
  span({ own, low, high, trained_low, trained_high, paper, step }) {
    const at = value => `${(100 * Math.max(0, Math.min(1, (value - low) / (high - low)))).toFixed(2)}%`
    Object.assign(this, { low, high })
    Object.assign(this.slider, { min: low, max: high, step })
    const marks = { own, trained_low, trained_high, paper_low: own - paper, paper_high: own + paper }
    for (const [name, value] of Object.entries(marks)) this.element.style.setProperty(`--${name.replace("_", "-")}`, at(value))
  }

  show(value) {
    if (this.slider.valueAsNumber !== value) this.slider.value = value
    this.value.textContent = signed(value)
    this.value.title = this.words.reset
    this.value.setAttribute("aria-label", `${signed(value)}, ${this.words.reset}`)
    this.slider.setAttribute("aria-valuetext", signed(value))
  }

  // How much turning this number changes the picture, and its share of the largest of all.
  effect(strength, share) {
    this.strength = strength
    this.bar.style.width = `${(100 * share).toFixed(1)}%`
    this.element.dataset.effect = strength.toFixed(6)
    this.bar.parentElement.title = fill(this.words.effect, { effect: (100 * strength).toFixed(1) })
  }

  // Dims the parts of the strip where the pose would be longer than 1, given the sum of squares of all other numbers.
  reach(others) {
    const limit = Math.sqrt(Math.max(0, 1 - others))
    const share = value => Math.max(0, Math.min(1, (value - this.low) / (this.high - this.low)))
    this.element.style.setProperty("--within-low", share(-limit).toFixed(4))
    this.element.style.setProperty("--within-high", share(limit).toFixed(4))
  }

  // Fills the strip, a picture a step; `draw(value)` gives the picture with this number at a value.
  *strip(draw) {
    const count = Math.max(5, Math.round(this.element.clientWidth / FRAME))
    const pictures = this.pictures(count)
    for (let k = 0; k < count; k++) {
      pictures.grey(draw(this.low + ((k + 0.5) / count) * (this.high - this.low)), k)
      yield
    }
  }

  pictures(count) {
    if (this.count !== count) this.painter = new Pictures(this.film, this.side, count)
    this.count = count
    return this.painter
  }
}
