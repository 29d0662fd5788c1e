import { fill } from "../shared/dom.js"
import { walkable } from "../shared/walk.js"
import { explained } from "./cells.js"
import { scalesOf, SmallLane, TallLane } from "./lanes.js"
import { layoutOf } from "./layout.js"
import { PHASES } from "./moments.js"
import { DigitPlaces } from "./places.js"
import { strongestAt } from "./pull.js"
import { rulerOf } from "./ruler.js"
import { percent, Split } from "./split.js"
import { put, shape } from "../shared/svg.js"

// The picture: ruler and lanes, the digit with its places, and the split of the capsule that is followed.
export class Stage {
  // `choose(change)` is called with what is looked at: { focus } or { followed }.
  constructor(words, choose) {
    Object.assign(this, { words, choose })
    this.element = shape("svg", { class: "picture", role: "group", "aria-label": words.picture })
  }

  // Another digit, others looked at, or another width.
  build(found, look, width) {
    const { focus, rival } = look
    Object.assign(this, { found, look })
    const layout = (this.layout = layoutOf(found, look, found.classes, width, this.compact))
    const colours = found.classes.map((_, j) => (j === focus ? "focus" : j === rival ? "rival" : "other"))
    const scales = scalesOf(found, layout, [focus, rival])
    const scaleOf = j => scales[j === focus ? 0 : 1]
    this.lanes = colours.map((colour, j) =>
      colour === "other" ? new SmallLane(found, layout, j) : new TallLane(found, layout, j, scaleOf(j)),
    )
    this.lanes.forEach((lane, j) => this.prepare(lane, j, colours[j]))
    this.places = new DigitPlaces(found, layout.digit, focus)
    this.split = new Split(found, layout, colours)
    this.split.shares.forEach((share, j) => (share.tip = () => this.explain("c", j)))
    put(this.element, { viewBox: `0 0 ${layout.width} ${layout.height}` })
    const lanes = shape("g", { class: "lanes", role: "group", "aria-label": this.words.lanes })
    lanes.append(...this.lanes.map(({ element }) => element))
    const over = this.lanes.flatMap(lane => lane.over ?? [])
    const focused = this.focusedNow()
    const parts = [rulerOf(layout, this.words), this.split.element, this.places.element, lanes, ...over]
    this.element.replaceChildren(...parts)
    walkable(lanes, this.lanes.map(({ element }) => element), focus)
    walkable(this.places.element, this.places.marks, look.followed % found.sizes.places)
    this.preparePlaces()
    focused?.call(this)?.focus()
  }

  // What has the focus, to have it again among new elements.
  focusedNow() {
    const active = this.element.getRootNode().activeElement
    const lane = [...this.element.querySelectorAll(".lane")].indexOf(active)
    const mark = [...this.element.querySelectorAll(".place")].indexOf(active)
    return lane >= 0 ? () => this.lanes[lane].element : mark >= 0 ? () => this.places.marks[mark] : null
  }

  prepare(lane, j, colour) {
    for (const element of [lane.element, lane.over]) element?.classList.add(colour)
    for (const element of lane.sums) element.tip = () => this.explain("s", j)
    lane.length.tip = () => this.explain("v", j)
    lane.map.element.tip = () => this.explainShare(j)
    onPress(lane.element, event => {
      const followed = event.type === "click" ? lane.near?.(this.state, this.pointOf(event)) : null
      if (followed !== null && followed !== undefined) this.choose({ followed })
      else if (j !== this.look.focus) this.choose({ focus: j, rival: this.look.focus })
    })
  }

  // A finger need not hit a mark: the nearest place is meant.
  preparePlaces() {
    const { element, marks } = this.places
    put(element, { "aria-label": fill(this.words.places, { name: this.found.classes[this.look.focus] }) })
    marks.forEach((mark, p) => (mark.tip = () => this.sayPlace(p)))
    onPress(element, event => {
      const mark = marks.findIndex(mark => mark.contains(event.target))
      const place = mark < 0 ? this.places.nearest(this.pointOf(event)) : mark
      this.choose({ followed: strongestAt(this.found, this.state.r, this.look.focus, place) })
    })
  }

  pointOf(event) {
    const { left, top, width } = this.element.getBoundingClientRect()
    const unit = width / this.layout.width
    return [(event.clientX - left) / unit, (event.clientY - top) / unit]
  }

  explain(phase, j) {
    const r = this.state.known(PHASES.indexOf(phase))
    return r < 0 ? "" : explained(this.found, phase, r, j, this.look.followed, this.words)
  }

  explainShare(j) {
    const { J, I } = this.found.sizes
    const r = this.state.known(0)
    let sum = 0
    for (let i = 0; i < I && r >= 0; i++) sum += this.found.couplings[(r * I + i) * J + j]
    return r < 0 ? "" : fill(this.words.tip_map, { name: this.found.classes[j], sum: sum.toFixed(1), all: I, equal: percent(1 / J) })
  }

  sayPlace(p) {
    const { columns } = this.found.sizes
    const value = this.places.sums[this.state.r][p]
    const values = { name: this.found.classes[this.look.focus], row: Math.floor(p / columns), column: p % columns }
    const n = this.state.r * this.found.sizes.J + this.look.focus
    const sum = Math.max(0, this.found.forward[n] - this.found.back[n]).toFixed(2)
    return fill(this.words[value >= 0 ? "place_forward" : "place_back"], { ...values, sum, value: Math.abs(value).toFixed(2) })
  }

  show(state, look) {
    Object.assign(this, { state, look })
    const words = (name, values) => fill(this.words[name], values)
    for (const lane of this.lanes) lane.show(state, look.followed, words)
    this.places.show(state, look.followed)
    this.split.show(state, look.followed, this.places.centre(look.followed % this.found.sizes.places))
    put(this.element, { class: state.agreed > 0 && !state.done ? "picture agreeing" : "picture" })
    if (state.done) this.name(state)
  }

  // For screen readers, in true states only.
  name({ r }) {
    const { forward, back, lengths, classes, sizes } = this.found
    this.lanes.forEach((lane, j) => {
      const n = r * sizes.J + j
      const values = { name: classes[j], forward: forward[n].toFixed(2), back: back[n].toFixed(2), length: lengths[n].toFixed(2) }
      const pressed = String(j === this.look.focus)
      put(lane.element, { "aria-label": fill(this.words.lane, values), "aria-pressed": pressed })
    })
    this.places.marks.forEach((mark, p) => put(mark, { "aria-label": this.sayPlace(p) }))
  }
}

// A click, or its keys.
function onPress(element, act) {
  element.addEventListener("click", act)
  element.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    act(event)
  })
}
