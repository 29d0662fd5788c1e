import { CouplingMap } from "./maps.js"
import { put, shape, widthOf } from "../shared/svg.js"
import { mix } from "./moments.js"
import { extentOf, stepNear, stepsOf, walked } from "./walk.js"

const HEAD = 26 // room in a tall lane above its walk, for words
const FOOT = 16 // and below it, for where the sum stood before
const AFTER = ["after", "after_short", "after_shortest"] // words, the ones with most room first
const LEAST_ROOM = 18 // pixels between two of these
const PHASE_SUM = 1,
  PHASE_SQUASH = 2

// The lane of one digit: its name, its map of couplings, how far its votes reach, and its length.
class Lane {
  constructor(found, layout, j) {
    const { y, height } = layout.lanes[j]
    Object.assign(this, { found, layout, j, y, height, middle: y + height / 2 })
    this.hit = shape("rect", { x: layout.start, y, width: layout.width - layout.start, height, class: "hit" })
    this.name = shape("text", { x: layout.start + layout.label / 2, "text-anchor": "middle", class: "name" })
    this.length = shape("text", { x: layout.right + (layout.narrow ? 6 : 14), class: "length" })
    this.element = shape("g", { class: "lane", role: "button", tabindex: -1 }, this.hit, this.name, this.length)
  }

  // A number of the arrays [R, J] on its way from one iteration to the next.
  between(values, { r, summed }) {
    const { J } = this.found.sizes
    return mix(r > 0 ? values[(r - 1) * J + this.j] : 0, values[r * J + this.j], summed)
  }

  showLength(state) {
    const r = state.known(PHASE_SQUASH)
    const length = r < 0 ? null : this.found.lengths[r * this.found.sizes.J + this.j]
    put(this.length, { text: length === null ? "–" : length.toFixed(2) })
  }
}

export class SmallLane extends Lane {
  constructor(found, layout, j) {
    super(found, layout, j)
    const { start, label, map } = layout
    const side = this.height - 3
    put(this.name, { y: this.middle + 5, text: found.classes[j] })
    put(this.length, { y: this.middle + 5 })
    this.map = new CouplingMap(found, j, { x: start + label + (map - side) / 2, y: this.y + 1.5, side }, false)
    const thick = Math.min(5, this.height / 4)
    this.forward = shape("rect", { y: this.middle - thick - 0.5, height: thick, class: "forward" })
    this.back = shape("rect", { y: this.middle + 1, height: thick - 0.5, class: "back" })
    this.sum = shape("line", { y1: this.middle - 9, y2: this.middle + 9, class: "sum" })
    if (this.height < 20) put(this.sum, { y1: this.middle - 7, y2: this.middle + 7 })
    this.sums = [this.forward, this.back, this.sum]
    this.element.append(this.map.element, ...this.sums)
  }

  show(state) {
    const { x } = this.layout
    const forward = this.between(this.found.forward, state)
    const sum = forward - this.between(this.found.back, state)
    put(this.forward, { x: x(0), width: Math.max(0, x(forward) - x(0)) })
    put(this.back, { x: x(sum) + 0.75, width: Math.max(0, x(forward) - x(sum) - 1.5) })
    put(this.sum, { x1: x(sum), x2: x(sum) })
    this.map.show(this.found, state)
    this.showLength(state)
  }
}

// The lane of the digit looked at, or of its rival: every vote is a step.
export class TallLane extends Lane {
  constructor(found, layout, j, scale) {
    super(found, layout, j)
    const { start, label, map, width, narrow } = layout
    this.steps = scale.steps
    this.Y = y => scale.base + this.y - y * scale.up
    const frame = { x: start + 1, y: this.y + 1, width: width - start - 2, height: this.height - 2, rx: 8, class: "frame" }
    put(this.name, { y: this.middle + 10, text: found.classes[j] })
    put(this.length, { y: this.middle + 12 })
    this.map = new CouplingMap(found, j, { x: start + label, y: this.middle - map / 2, side: map }, true)
    this.words = shape("text", { x: layout.left + 7, y: this.y + 18, class: "adds" })
    const line = name => shape("path", { class: name })
    Object.assign(this, { rim: line("rim"), hollow: line("hollow"), solid: line("solid"), heads: line("heads") })
    this.marks = ["follow-rim", "follow"].map(name => shape("line", { class: name }))
    this.ticks = shape("g", { class: "ticks" })
    this.drop = shape("line", { class: "drop", y1: layout.lanes[0].y - 10 })
    this.dot = shape("circle", { cy: layout.lanes[0].y - 10, r: 5, class: "dot" })
    this.pole = shape("line", { y1: this.y + 26, y2: this.y + this.height - 6, class: "pole" })
    this.flag = shape("path", { class: "flag" })
    this.flagged = shape("text", { y: this.y + 38, "text-anchor": "middle", class: "flagged" })
    if (found.classes[j].length < 3) put(this.flagged, { text: found.classes[j] })
    const walk = [this.rim, this.hollow, this.solid, this.heads, ...this.marks]
    const runner = [this.ticks, this.pole, this.flag, this.flagged]
    this.over = shape("g", { class: "over" }, this.drop, this.dot) // of the picture: it reaches beyond the lane
    this.element.append(shape("rect", frame), this.map.element, ...walk, ...runner, this.words)
    this.sums = [this.words]
    this.narrow = narrow
  }

  show(state, followed, words) {
    const { x } = this.layout
    const { forward, back, arrows, mark, end } = walked(this.steps, state, followed, x, this.Y)
    put(this.solid, { d: forward })
    put(this.rim, { d: back })
    put(this.hollow, { d: back })
    put(this.heads, { d: arrows.map(arrowOf).join("") })
    for (const line of this.marks) showMark(line, mark)
    this.showRunner(Math.max(0, end[0]), this.Y(end[1]), state)
    if (this.ticked !== state.r) this.showTicks(state.r, words)
    this.map.show(this.found, state)
    this.showLength(state)
    this.showWords(state, words)
  }

  showRunner(sum, foot, { squashed, phase }) {
    const at = this.layout.x(sum)
    const side = this.layout.right - at > 22 ? 1 : -1
    const down = squashed > 0 || phase > PHASE_SQUASH
    put(this.drop, { x1: at, x2: at, y2: foot, opacity: down ? squashed : 0 })
    put(this.dot, { cx: at, opacity: down ? squashed : 0 })
    put(this.pole, { x1: at, x2: at })
    const y = this.y + 26
    put(this.flag, { d: `M${at.toFixed(1)},${y}l${side * 26},0l${side * -6},8l${side * 6},8l${side * -26},0Z` })
    put(this.flagged, { x: at + side * 11 })
  }

  // Where the sum stood after the iterations before, as far as they can be told apart.
  showTicks(r, words) {
    const { forward, back, sizes } = this.found
    const all = Array.from({ length: r + 1 }, (_, step) => {
      const n = step * sizes.J + this.j
      return { step: step + 1, at: this.layout.x(forward[n] - back[n]) }
    })
    const shown = []
    for (const one of all.slice(0, r)) if (one.at - (shown.at(-1)?.at ?? -Infinity) >= LEAST_ROOM) shown.push(one)
    const [y1, y2] = [this.y + this.height - 15, this.y + this.height - 5]
    const parts = shown.flatMap(({ step, at }, k) => {
      const others = [...shown.slice(k + 1), all[r]].filter(other => other.at > at)
      const room = Math.min(this.layout.right, ...others.map(other => other.at)) - at
      const text = AFTER.map(name => words(name, { iteration: step })).find(text => 8 + widthOf(text) < room) ?? ""
      return [shape("line", { x1: at, x2: at, y1, y2 }), shape("text", { x: at + 4, y: y2, text })]
    })
    this.ticks.replaceChildren(...parts)
    this.ticked = r
  }

  // Rounded so that what is printed adds up as printed.
  numbers(state) {
    const r = state.known(PHASE_SUM)
    if (r < 0) return null
    const { forward, back, sizes } = this.found
    const n = r * sizes.J + this.j
    return printed(forward[n], back[n])
  }

  showWords(state, words) {
    const numbers = this.numbers(state)
    put(this.words, {
      text: numbers ? words(this.narrow ? "adds_short" : "adds", numbers) : "",
      class: state.known(PHASE_SUM) === state.r ? "adds" : "adds old",
    })
  }

  near(state, point) {
    return stepNear(this.steps, state, this.layout.x, this.Y, point, 9)
  }
}

// A sum and its parts: F - B = |s|, as they are printed.
export function printed(forward, back) {
  const [first, sum] = [forward.toFixed(2), Math.max(0, forward - back).toFixed(2)]
  return { forward: first, back: Math.abs(first - sum).toFixed(2), sum }
}

// How high the walks of several digits may go: one scale for all, that of the sums where there is room for it.
export function scalesOf(found, layout, digits) {
  const all = digits.map(j => stepsOf(found, j))
  const extents = all.map(extentOf)
  const tallest = Math.max(1e-9, ...extents.map(([low, high]) => high - low))
  const room = layout.lanes[digits[0]].height - HEAD - FOOT
  const up = Math.min(0.8 * (layout.x(1) - layout.x(0)), (room - 14) / tallest)
  return all.map((steps, k) => ({ steps, up, base: HEAD + 6 + room / 2 + ((extents[k][0] + extents[k][1]) / 2) * up }))
}

function arrowOf([, ax, ay, bx, by]) {
  const angle = Math.atan2(by - ay, bx - ax)
  const wing = turn => `${(bx - 12 * Math.cos(angle + turn)).toFixed(1)},${(by - 12 * Math.sin(angle + turn)).toFixed(1)}`
  return `M${bx.toFixed(1)},${by.toFixed(1)}L${wing(0.42)}L${wing(-0.42)}Z`
}

function showMark(line, mark) {
  const [x1, y1, x2, y2] = mark ?? [0, 0, 0, 0]
  const far = Math.hypot(x2 - x1, y2 - y1)
  // Even a step too short to be seen is found.
  put(line, { x1, y1, x2: far < 0.5 ? x1 + 0.5 : x2, y2, opacity: mark ? 1 : 0 })
}
