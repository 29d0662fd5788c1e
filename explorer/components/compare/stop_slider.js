import { make } from "../shared/dom.js"
import { buttonOf } from "./choices.js"

const PACE = 90 // milliseconds for each stop while it plays

// The slider at work: a native range over the stops, which stands above the curves so that its thumb is their marker.
export class StopSlider {
  // `moved` is called with the stop, and whether the person has let go.
  constructor({ name, labels, neutral, words }, moved) {
    Object.assign(this, { labels, neutral, words, moved })
    this.input = make("input", { type: "range", min: 0, max: labels.length - 1, step: 1, "aria-label": name, "data-name": "slider" })
    this.input.oninput = () => this.go(Number(this.input.value), false)
    this.input.onchange = () => this.go(Number(this.input.value), true)
    this.value = make("output", { className: "value" })
    this.playing = buttonOf("play", words.play, () => (this.timer ? this.go(Number(this.input.value), true) : this.play()))
    this.element = make(
      "div",
      { className: "dial" },
      make("div", { className: "told" }, make("b", { className: "kind" }, name), this.value, this.playing),
      this.input,
      this.ticks(),
    )
  }

  ticks() {
    const last = this.labels.length - 1
    const marks = [...new Set([0, this.neutral, last])].map(stop => {
      const tick = make("span", {}, this.labels[stop])
      tick.style.left = `${(100 * stop) / last}%`
      tick.className = stop === 0 ? "first" : stop === last ? "last" : ""
      return tick
    })
    return make("div", { className: "ticks", "aria-hidden": true }, ...marks)
  }

  go(stop, final) {
    if (final) this.pause()
    this.moved(stop, final)
  }

  point(stop) {
    this.input.value = stop
    this.input.setAttribute("aria-valuetext", this.labels[stop])
    this.value.textContent = this.labels[stop]
  }

  // A pointer on curves takes the slider along.
  ride(chart) {
    const follow = event => {
      if (!(event.buttons & 1)) return
      const { left, width } = chart.querySelector("svg").getBoundingClientRect()
      const last = this.labels.length - 1
      this.pause()
      this.go(Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last))), false)
    }
    chart.addEventListener("pointerdown", event => {
      chart.setPointerCapture(event.pointerId)
      follow(event)
    })
    chart.addEventListener("pointermove", follow)
    chart.addEventListener("pointerup", () => this.go(Number(this.input.value), true))
  }

  // Once over the whole range, and back to where it stood.
  play() {
    const last = this.labels.length - 1
    const began = Number(this.input.value)
    const down = this.neutral === last
    let stop = down ? last : 0
    this.playing.textContent = this.words.rest
    const step = () => {
      if (stop < 0 || stop > last) return this.go(began, true)
      this.go(stop, false)
      stop += down ? -1 : 1
    }
    this.timer = setInterval(step, PACE)
    step()
  }

  // Stops where it is.
  pause() {
    clearInterval(this.timer)
    this.timer = null
    this.playing.textContent = this.words.play
  }

  end() {
    clearInterval(this.timer)
  }
}
