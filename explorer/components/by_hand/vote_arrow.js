import { put, shape } from "../shared/svg.js"

const HEAD = 13
const ARC = 26
const LEAST_ANGLE = 40 // degrees that have room for words
const ROOM_FOR_ANGLE = 52
const EDGE = 10 // how close to the drawing's edge a tip may come
const NEAR = 5 // to where a tip snaps back
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

// A vote and the pose that it is compared with, as arrows from one point; the tip of the vote can be dragged.
export class VoteArrow {
  // `axis`: how far down in the drawing the pose lies. `move(x, y)` is called with where the tip was dragged to, in the
  // plane's own lengths; with null: back to where it was.
  constructor(svg, axis, move) {
    Object.assign(this, { svg, axis, move })
    const part = (name, css, attributes) => shape(name, { class: css, ...attributes })
    this.parts = {
      ground: part("line", "ground"),
      projection: part("rect", "projection"),
      drop: part("line", "drop"),
      arc: part("path", "arc"),
      rim: part("line", "rim"),
      vote: part("line", "vote"),
      pose: part("line", "pose"),
      head: part("path", "head"),
      truth: part("circle", "truth", { r: 7 }),
      angleWords: part("text", "angle-words"),
      voteWords: part("text", "vote-words"),
      poseWords: part("text", "pose-words"),
    }
    this.tip = shape(
      "g",
      { class: "tip", role: "slider", tabindex: 0, "aria-valuemin": -1, "aria-valuemax": 1 },
      shape("circle", { r: 22, class: "reach" }),
      shape("circle", { r: 9, class: "knob" }),
    )
    this.element = shape("g", {}, ...Object.values(this.parts), this.tip)
    svg.append(this.element)
    this.listen()
  }

  name(label, value) {
    put(this.tip, { "aria-label": label, "aria-valuetext": value })
  }

  draw(plane, truth, place, [voteWords, poseWords]) {
    const { scale, origin, hue, width } = place
    const { axis, parts } = this
    Object.assign(this, { plane, truth, place })
    const [x, y] = [origin + plane.x * scale, axis - plane.y * scale]
    const end = origin + plane.poseLength * scale
    this.element.dataset.hue = hue
    put(this.tip, { transform: `translate(${x} ${y})`, "aria-valuenow": cosineBetween(plane) })
    put(parts.ground, { x1: 6, x2: width - 6, y1: axis, y2: axis })
    put(parts.projection, { x: Math.min(origin, x), y: axis - 5, width: Math.abs(x - origin), height: 10 })
    parts.projection.classList.toggle("back", plane.x < 0)
    put(parts.drop, { x1: x, x2: x, y1: y, y2: axis })
    put(parts.arc, { d: plane.angle === null ? "" : arcOf(origin, axis, plane) })
    for (const line of [parts.rim, parts.vote]) put(line, { x1: origin, y1: axis, x2: x, y2: y })
    const head = Math.min(HEAD, end - origin)
    put(parts.pose, { x1: origin, y1: axis, x2: end - head / 2, y2: axis })
    put(parts.head, { d: `M${end},${axis}l${-head},${-head * 0.62}v${1.24 * head}Z` })
    put(parts.truth, { cx: origin + truth.x * scale, cy: axis - truth.y * scale })
    parts.truth.style.display = plane === truth ? "none" : ""
    this.write(parts.voteWords, voteWords, x, Math.max(14, y - 14), width)
    this.writeAngle(plane.voteLength * scale > ROOM_FOR_ANGLE ? plane.angle : null)
    this.write(parts.poseWords, poseWords, end, axis + 20, width)
  }

  // Beside its arc, where there is room between the arrows; null: there is none.
  writeAngle(angle) {
    const { angleWords } = this.parts
    angleWords.textContent = angle === null || angle < LEAST_ANGLE ? "" : `${angle.toFixed(0)}°`
    const [x, y] = onArc(angle / 2, ARC + 17)
    put(angleWords, { x: this.place.origin + x, y: this.axis - y + 5 })
  }

  // Words about a place, within the drawing.
  write(element, words, x, y, width) {
    element.textContent = words
    const half = element.getComputedTextLength() / 2
    put(element, { x: Math.min(width - 4 - half, Math.max(4 + half, x)), y })
  }

  listen() {
    const { tip } = this
    tip.onpointerdown = event => {
      event.preventDefault()
      tip.focus()
      tip.setPointerCapture(event.pointerId)
      const [x, y] = this.at(event)
      this.held = { x: this.plane.x - x, y: this.plane.y - y } // from the finger to the tip
    }
    tip.onpointermove = event => {
      if (!this.held) return
      const [x, y] = this.at(event)
      this.drag(x + this.held.x, y + this.held.y)
    }
    tip.onpointerup = tip.onpointercancel = () => (this.held = null)
    tip.onkeydown = event => {
      const step = STEPS[event.key]
      if (!step && event.key !== "Escape") return
      event.preventDefault()
      if (!step) return this.move(null)
      const size = (event.shiftKey ? 1 : 8) / this.place.scale
      this.drag(this.plane.x + step[0] * size, this.plane.y + step[1] * size)
    }
  }

  // Where a pointer is, in the plane's own lengths.
  at(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse())
    return [(x - this.place.origin) / this.place.scale, (this.axis - y) / this.place.scale]
  }

  // Within the drawing, and above the axis; close to where it was it snaps back.
  drag(x, y) {
    const { scale, origin, width, up } = this.place
    const [left, right, high] = [EDGE - origin, width - EDGE - origin, up - EDGE].map(place => place / scale)
    const [toX, toY] = [Math.min(right, Math.max(left, x)), Math.min(high, Math.max(0, y))]
    const near = Math.hypot(toX - this.truth.x, toY - this.truth.y) * scale < NEAR
    if (near && this.held) this.move(null)
    else this.move(toX, toY)
  }
}

const onArc = (angle, radius) => [Math.cos, Math.sin].map(part => radius * part((angle * Math.PI) / 180))

const cosineBetween = ({ angle }) => (angle === null ? 0 : Math.cos((angle * Math.PI) / 180).toFixed(2))

function arcOf(origin, axis, { angle }) {
  const [x, y] = onArc(angle, ARC)
  return `M${origin + ARC},${axis}A${ARC},${ARC} 0 0 0 ${origin + x},${axis - y}`
}
