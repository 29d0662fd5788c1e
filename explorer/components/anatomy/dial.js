import { make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { put, shape } from "../shared/svg.js"
import { MOST_TURN, TURNS } from "./dial_pose.js"
import { MARKS } from "./digit_rows.js"

const DIAL_WIDTH = 300
const DIAL_HEIGHT = 200
const ORIGIN = [150, 190]
const RADIUS = 112 // of length 1
const SPREAD = 2 // degrees on the screen for each that a pose turns
const RINGS = [MARKS[0], 0.5, MARKS[1]]

// A capsule's vector as an arrow that is turned and shortened by hand, and what it would draw to either side.
export class Dial {
  // `turn(degrees, length)` is called while it is turned.
  constructor(words, turn) {
    this.turn = turn
    this.rings = shape("g", { class: "rings" })
    this.rays = shape("path", { class: "rays" })
    this.shaft = shape("path", { class: "shaft" })
    this.head = shape("path", { class: "head" })
    this.handle = shape("circle", { class: "handle", r: 20 })
    const [x, y] = ORIGIN
    const origin = shape("circle", { class: "origin", cx: x, cy: y, r: 4 })
    this.svg = shape("svg", { viewBox: `0 0 ${DIAL_WIDTH} ${DIAL_HEIGHT}`, "aria-hidden": true }, this.rings, this.rays, this.shaft, this.head, origin, this.handle)
    this.tiles = TURNS.map(degrees => this.tile(degrees))
    this.element = make("div", { className: "dial", role: "group", "aria-label": words.dial }, this.svg, ...this.tiles)
    this.drawRings()
    this.svg.onpointerdown = event => this.grab(event)
  }

  // A picture beside the arc: what the pose draws when it is turned so far.
  tile(degrees) {
    const [x, y] = endOf(degrees, 1 + (degrees ? 0.27 : 0.25), 1.2)
    const tile = make("canvas", { className: degrees ? "" : "own" })
    tile.style.left = `${(100 * x) / DIAL_WIDTH}%`
    tile.style.top = `${(100 * y) / DIAL_HEIGHT}%`
    return tile
  }

  drawRings() {
    const [x, y] = ORIGIN
    const arc = length => {
      const [left, right] = [endOf(-MOST_TURN, length), endOf(MOST_TURN, length)]
      return `M${left}A${RADIUS * length},${RADIUS * length} 0 0 1 ${right}`
    }
    this.rings.append(shape("path", { class: "rim", d: arc(1) }))
    for (const length of RINGS) {
      const [endX, endY] = endOf(MOST_TURN, length)
      const label = shape("text", { x: endX + 4, y: endY + 8 })
      label.textContent = String(length)
      this.rings.append(shape("path", { d: arc(length) }), label)
    }
    put(this.rays, { d: TURNS.filter(Boolean).map(degrees => `M${x},${y}L${endOf(degrees, 0.97)}`).join("") })
  }

  show(degrees, length) {
    const [x, y] = endOf(degrees, length)
    const [baseX, baseY] = endOf(degrees, Math.max(0, length - 0.12))
    put(this.shaft, { d: `M${ORIGIN}L${baseX},${baseY}` })
    put(this.head, { d: "M0,0l-9,17h18z", transform: `translate(${x},${y}) rotate(${degrees * SPREAD})` })
    put(this.handle, { cx: x, cy: y })
  }

  // Pictures of `TURNS`, in their order.
  paint(pictures, colours, size) {
    this.tiles.forEach((tile, n) => paintMap(tile, pictures[n], size, colours, 0, 1))
  }

  // A finger takes the arrow's head; a mouse, any place.
  grab(event) {
    if (event.pointerType !== "mouse" && event.target !== this.handle) return
    event.preventDefault()
    this.svg.setPointerCapture(event.pointerId)
    this.drag(event)
    this.svg.onpointermove = moved => this.drag(moved)
    this.svg.onpointerup = this.svg.onpointercancel = () => (this.svg.onpointermove = null)
  }

  drag({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect()
    const right = ((clientX - box.left) * DIAL_WIDTH) / box.width - ORIGIN[0]
    const up = ORIGIN[1] - ((clientY - box.top) * DIAL_HEIGHT) / box.height
    const degrees = (Math.atan2(right, Math.max(up, 1e-6)) * 180) / Math.PI / SPREAD
    this.turn(Math.max(-MOST_TURN, Math.min(MOST_TURN, degrees)), Math.min(1, Math.hypot(right, up) / RADIUS))
  }
}

// Where a vector of a length ends; `wider` draws it out sideways.
function endOf(degrees, length, wider = 1) {
  const angle = (degrees * SPREAD * Math.PI) / 180
  return [ORIGIN[0] + wider * RADIUS * length * Math.sin(angle), ORIGIN[1] - RADIUS * length * Math.cos(angle)]
}
