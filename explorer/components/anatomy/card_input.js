import { fill, make } from "../shared/dom.js"
import { CANVAS, onMessage } from "../shared/messages.js"
import { paintMap } from "../shared/pictures.js"
import { put, shape } from "../shared/svg.js"
import { cardOf, named, paragraph, rich } from "./card_parts.js"

const SIZE = 280 // of the canvas, in pixels of its own

// Stage 1: from what was drawn to what the network gets.
export class CardInput {
  constructor(words) {
    this.words = words
    this.drawing = make("canvas", { role: "img", "aria-label": words.canvas })
    this.picture = make("canvas", { role: "img", "aria-label": words.fitted })
    this.box = shape("rect", { class: "box" })
    this.centre = shape("path", { class: "centre" })
    this.marks = shape("svg", { "aria-hidden": true }, this.box, this.centre)
    this.said = make("p")
    const fitted = named(make("div", { className: "over" }, this.picture, this.marks), words.fitted)
    this.before = named(this.drawing, words.canvas)
    this.arrow = make("span", { className: "then", textContent: "→", "aria-hidden": true })
    this.element = cardOf(words.heading_input, [this.said, paragraph(words.input_why)], this.before, this.arrow, fitted)
    this.stop = onMessage(CANVAS, paint => (this.paint = paint))
  }

  show({ shown, served, config, frame, live, colours, words }) {
    const size = config.image_size
    const drawn = live ? Boolean(this.paint) : served.strokes.length > 0
    this.before.hidden = this.arrow.hidden = !drawn
    if (live && drawn) this.paintCanvas()
    else if (drawn) paintMap(this.drawing, served.strokes, Math.sqrt(served.strokes.length), colours.ink, 0, 1)
    rich(this.said, fill(words.input, { pixels: size ** 2, size, box: frame.box }))
    paintMap(this.picture, shown.image, size, colours.ink, 0, 1)
    put(this.marks, { viewBox: `0 0 ${size} ${size}` })
    const { left, top, right, bottom, x, y } = inkOfPicture(shown.image, size)
    put(this.box, { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) })
    put(this.centre, { d: `M${x - 1.5},${y}h3M${x},${y - 1.5}v3` })
  }

  paintCanvas() {
    if (this.drawing.width !== SIZE) Object.assign(this.drawing, { width: SIZE, height: SIZE })
    this.paint(this.drawing.getContext("2d"), SIZE)
  }

  end() {
    this.stop()
  }
}

// The box around the ink of a picture, and its centre of mass, in pixel edges from the top left.
function inkOfPicture(image, size) {
  const found = { left: size, top: size, right: 0, bottom: 0, x: 0, y: 0 }
  let mass = 0
  image.forEach((ink, p) => {
    const [x, y] = [p % size, Math.floor(p / size)]
    mass += ink
    found.x += ink * (x + 0.5)
    found.y += ink * (y + 0.5)
    if (ink < 0.1) return
    Object.assign(found, { left: Math.min(found.left, x), top: Math.min(found.top, y), right: Math.max(found.right, x + 1), bottom: Math.max(found.bottom, y + 1) })
  })
  return { ...found, x: found.x / (mass || 1), y: found.y / (mass || 1) }
}
