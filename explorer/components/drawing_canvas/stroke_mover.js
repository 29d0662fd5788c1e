import { fill } from "../shared/dom.js"
import { fitted, put, shape } from "../shared/svg.js"
import { kept, movedStroke, nearestStroke, outlineOf } from "./stroke_paths.js"

const STEP = 5 // pixels of the canvas for each press of an arrow key; with Shift, 1
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

// A drawing whose strokes can be taken and moved, by mouse, finger and keys; stands over the canvas while it is wanted.
export class StrokeMover {
  // `size` is the canvas's. `moving(strokes)` is called with what is seen at each step of a move, `lifted(strokes)` when
  // a stroke is let go.
  constructor(sheet, size, { moving, lifted }) {
    this.sheet = sheet
    this.size = size
    this.moving = moving
    this.lifted = lifted
    this.strokes = null // null: not wanted
    this.held = null // { index, right, down }: what is being moved, and how far it is by now
    this.words = {}
    this.element = shape("svg", { class: "movable", viewBox: `0 0 ${size} ${size}`, role: "group" })
    sheet.append(this.element)
    this.listen()
    this.show(null)
  }

  listen() {
    const acts = {
      pointerdown: event => this.press(event),
      pointermove: event => this.point(event),
      pointerup: () => this.lift(),
      pointercancel: () => this.lift(),
      pointerleave: () => this.held || this.light(this.pieces.findIndex(piece => piece.matches(":focus"))),
      keydown: event => this.key(event),
      keyup: event => event.key in ARROWS && this.lift(),
      focusin: event => this.light(this.pieces.indexOf(event.target)),
      focusout: () => this.lift(),
    }
    for (const [name, act] of Object.entries(acts)) this.element.addEventListener(name, act)
  }

  // `words`: "strokes", what all of them are called, and "stroke", with {number} and {count}.
  name(words) {
    this.words = words
    this.show(this.strokes)
  }

  // Puts strokes there, or, with null, goes away.
  show(strokes) {
    this.strokes = strokes
    this.held = null
    this.element.toggleAttribute("hidden", !strokes)
    this.sheet.setAttribute("role", strokes ? "group" : "img") // nothing within a picture can be reached
    put(this.element, { "aria-label": this.words.strokes ?? "" })
    fitted(this.element, strokes?.length ?? 0, () => shape("path", { tabindex: 0, role: "button" }))
    strokes?.forEach((stroke, index) => this.draw(stroke, index))
  }

  get pieces() {
    return [...this.element.children]
  }

  draw(stroke, index) {
    const number = index + 1
    const label = fill(this.words.stroke ?? "", { number, count: this.strokes.length })
    const width = stroke.strokeWidth
    put(this.pieces[index], { d: outlineOf(stroke), "stroke-width": width, "aria-label": label, transform: null })
  }

  // Shows which stroke would be moved; -1: none.
  light(index) {
    this.pieces.forEach((piece, at) => piece.classList.toggle("lit", at === index))
    this.element.classList.toggle("lighting", index >= 0)
  }

  at({ clientX, clientY }) {
    const { left, top, width } = this.element.getBoundingClientRect()
    return [clientX - left, clientY - top].map(value => (value * this.size) / width)
  }

  press(event) {
    if (!event.isPrimary || event.button !== 0) return
    event.preventDefault()
    const [x, y] = this.at(event)
    const index = nearestStroke(this.strokes, x, y)
    this.pieces[index].focus({ preventScroll: true })
    this.take(index)
    this.from = [x, y]
    this.element.setPointerCapture(event.pointerId)
  }

  point(event) {
    const [x, y] = this.at(event)
    if (!this.held) return event.pointerType === "mouse" && this.light(nearestStroke(this.strokes, x, y))
    if (this.from) this.move(x - this.from[0], y - this.from[1])
  }

  key(event) {
    const [right, down] = ARROWS[event.key] ?? []
    const index = this.pieces.indexOf(event.target)
    if (right === undefined || index < 0 || this.from) return
    event.preventDefault() // the page stays
    if (this.held?.index !== index) this.take(index)
    const step = event.shiftKey ? 1 : STEP
    this.move(this.held.right + step * right, this.held.down + step * down)
  }

  take(index) {
    this.lift()
    this.held = { index, right: 0, down: 0 }
    this.light(index)
  }

  move(right, down) {
    const { index } = this.held
    const by = kept(this.strokes[index], { right, down }, this.size)
    if (by.right === this.held.right && by.down === this.held.down) return
    this.held = { index, ...by, moved: true }
    put(this.pieces[index], { transform: `translate(${by.right} ${by.down})` })
    this.moving(this.seen())
  }

  // The strokes as they are seen.
  seen() {
    const { index, right, down } = this.held
    return this.strokes.map((stroke, at) => (at === index ? movedStroke(stroke, right, down) : stroke))
  }

  lift() {
    const { held } = this
    if (!held) return
    const strokes = this.seen()
    this.held = this.from = null
    if (held.moved) this.lifted(strokes)
  }
}
