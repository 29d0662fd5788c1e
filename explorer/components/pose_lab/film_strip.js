import { make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"

const FRAME = 30 // screen pixels, about, of one picture in a strip

// A native slider over a film strip of the pictures along it.
export class FilmStrip {
  // `on` holds what is to be done: press(), input(value), release(), cancel(), reset().
  constructor(side, label, on, ...marks) {
    this.side = side
    this.canvas = make("canvas", { role: "presentation" })
    this.slider = make("input", { type: "range", "aria-label": label })
    this.element = make("div", { className: "film" }, this.canvas, ...marks, this.slider)
    this.listen(on)
  }

  listen(on) {
    const { slider } = this
    let typing = false // held arrow keys send "change" all the time: the release is when they come up
    slider.oninput = () => on.input(slider.valueAsNumber)
    slider.onchange = () => typing || on.release()
    slider.ondblclick = on.reset
    slider.onpointerdown = on.press
    slider.onpointercancel = on.cancel // a touch that became scrolling meant no value
    slider.onkeydown = event => {
      typing = true
      if (event.key === "Delete" || event.key === "Backspace") on.reset()
      else if (/^(Arrow|Page|Home|End)/.test(event.key)) on.press()
    }
    slider.onkeyup = slider.onblur = () => {
      if (typing) on.release()
      typing = false
    }
  }

  span(low, high, step) {
    Object.assign(this, { low, high })
    Object.assign(this.slider, { min: low, max: high, step })
  }

  // Where a value stands along the strip, 0..1.
  share(value) {
    return Math.max(0, Math.min(1, (value - this.low) / (this.high - this.low)))
  }

  show(value, text) {
    if (this.slider.valueAsNumber !== value) this.slider.value = value
    this.slider.setAttribute("aria-valuetext", text)
  }

  // Fills the strip, a picture a step: `decode(value)` gives the picture at a value.
  *pictureStrip(decode) {
    const count = Math.max(5, Math.round(this.element.clientWidth / FRAME))
    if (this.count !== count) this.pictures = new Pictures(this.canvas, this.side, count)
    this.count = count
    for (let k = 0; k < count; k++) {
      this.pictures.grey(decode(this.low + ((k + 0.5) / count) * (this.high - this.low)), k)
      yield
    }
  }
}
