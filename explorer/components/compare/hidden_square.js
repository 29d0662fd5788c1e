import { make } from "../shared/dom.js"

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

// The square that hides a part, to be dragged over the picture, or moved by arrow keys.
export class HiddenSquare {
  // `moved` is called with where its middle is, [down, across] as shares of the picture, once it was let go.
  constructor(words, moved) {
    this.moved = moved
    const named = { "aria-label": words.square, title: words.square_hint, "data-name": "square" }
    this.element = make("button", { type: "button", className: "square", ...named })
    this.element.onpointerdown = event => this.grab(event)
    this.element.onkeydown = event => this.press(event)
  }

  // `at` as for `moved`; `size` as a share of the picture, whose height and width are `pixels`.
  update(at, size, pixels) {
    Object.assign(this, { at, pixels })
    this.element.hidden = size === 0
    this.element.style.width = this.element.style.height = `${100 * size}%`
    this.place(at)
  }

  place([down, across]) {
    Object.assign(this.element.style, { top: `${100 * down}%`, left: `${100 * across}%` })
  }

  grab(event) {
    if (event.button) return
    const { width, height } = this.element.parentElement.getBoundingClientRect()
    const from = [event.clientY, event.clientX]
    const begun = this.at
    this.element.setPointerCapture(event.pointerId)
    this.element.onpointermove = moved => {
      this.at = within([begun[0] + (moved.clientY - from[0]) / height, begun[1] + (moved.clientX - from[1]) / width])
      this.place(this.at)
    }
    this.element.onpointerup = this.element.onpointercancel = () => {
      this.element.onpointermove = this.element.onpointerup = this.element.onpointercancel = null
      if (this.at !== begun) this.moved(this.at)
    }
  }

  press(event) {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    this.at = within(this.at.map((share, axis) => share + step[axis] / this.pixels))
    this.place(this.at)
    this.moved(this.at)
  }
}

const within = shares => shares.map(share => Math.max(0, Math.min(1, Math.round(100 * share) / 100)))
