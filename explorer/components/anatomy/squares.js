import { make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { cellOf, placeAtCell, tiled } from "./geometry.js"
import { capsuleAt, placeOf } from "./lineage.js"

const MOST = 1.2 // how far a capsule may be from where it is without ink until its square is white
const CURVE = 0.7
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

// All primary capsules, each one square, to be pointed at and chosen: by mouse, finger and keyboard.
export class Squares {
  // Called are `on.point(i)`, null where none is pointed at, and `on.follow(i)`.
  constructor(on) {
    this.on = on
    this.canvas = make("canvas", { className: "squares", role: "slider", tabindex: 0, "aria-valuemin": 0 })
    this.canvas.onpointermove = event => on.point(this.at(event))
    this.canvas.onpointerleave = () => on.point(null)
    this.canvas.onclick = event => this.choose(this.at(event))
    this.canvas.onfocus = () => this.canvas.matches(":focus-visible") && on.point(this.followed)
    this.canvas.onblur = () => on.point(null)
    this.canvas.onkeydown = event => this.press(event)
  }

  // `numbers` [I] of `view.config`; `label` names all, `said` the one that is pointed at or followed.
  show(numbers, view, label, said) {
    this.config = view.config
    this.followed = view.followed
    this.pointed = view.pointed ?? view.followed
    const { values, width } = tiled(numbers, view.config)
    const bright = values.map(value => Math.min(1, value / MOST) ** CURVE) // NaN stays
    paintMap(this.canvas, bright, width, view.colours.ink, 0, 1)
    this.canvas.setAttribute("aria-label", label)
    this.canvas.setAttribute("aria-valuemax", numbers.length - 1)
    this.canvas.setAttribute("aria-valuenow", this.pointed)
    this.canvas.setAttribute("aria-valuetext", said)
  }

  // The primary capsule under a pointer; null in a gap.
  at({ offsetX, offsetY }) {
    const { width, height, clientWidth, clientHeight } = this.canvas
    const [x, y] = [(offsetX * width) / clientWidth, (offsetY * height) / clientHeight].map(Math.floor)
    const place = placeAtCell(x, y, this.config)
    return place && capsuleAt(place, this.config)
  }

  choose(i) {
    if (i !== null) this.on.follow(i)
  }

  press(event) {
    if (event.key === "Enter" || event.key === " ") this.choose(this.pointed)
    else if (event.key in STEPS) this.on.point(this.beside(this.pointed, STEPS[event.key]))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // The neighbour on the screen, over gaps; the same at the end.
  beside(i, [right, down]) {
    let { x, y } = cellOf(placeOf(i, this.config), this.config)
    for (let tries = 0; tries < 2; tries++) {
      x += right
      y += down
      const place = placeAtCell(x, y, this.config)
      if (place) return capsuleAt(place, this.config)
    }
    return i
  }
}
