import { fill, make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { fitted, put, shape } from "../shared/svg.js"
import { button, cardOf, named, pageLink, paragraph } from "./card_parts.js"
import { roleOf } from "./digit_rows.js"
import { cellOf } from "./geometry.js"
import { changesOf, lengthsOf, patchOf, placeOf } from "./lineage.js"
import { barsPath } from "./paths.js"
import { Squares } from "./squares.js"

const HEIGHT = 96 // of the bars, for numbers from -1 to 1
const STEP = 20
const SHARE_STEP = 15

// Stage 3: the one primary capsule that is followed, and what all squares mean.
export class CardPrimary {
  constructor(words, on) {
    this.patch = make("canvas", { role: "img", "aria-label": words.patch })
    this.bars = shape("path", { class: "vector" })
    this.axis = shape("path", { class: "axis" })
    this.vector = shape("svg", { class: "bars", role: "img", "aria-label": words.vector }, this.axis, this.bars)
    this.numbers = make("p", { className: "numbers" })
    this.shares = shape("g")
    this.split = shape("svg", { class: "bars split", role: "img", "aria-label": words.shares }, this.shares)
    this.squares = new Squares(on)
    const choice = name => button(words[name], () => on.byLength(name === "length_mode"), "choice")
    this.modes = { change_mode: choice("change_mode"), length_mode: choice("length_mode") }
    const modes = make("div", { className: "choices", role: "group", "aria-label": words.modes }, make("span", { textContent: words.modes }), ...Object.values(this.modes))
    const links = make("p", { className: "links to-page" }, pageLink(words.to_routing, "routing"))
    const text = [paragraph(words.primary), modes, links]
    const one = named(this.patch, words.patch, "large")
    this.spot = shape("rect", { class: "spot", width: 1, height: 1 })
    this.marks = shape("svg", { "aria-hidden": true }, this.spot)
    const sheet = make("div", { className: "over phone-squares" }, this.squares.canvas, this.marks)
    const pose = make("figure", {}, this.vector, make("figcaption", { textContent: words.vector }), this.numbers)
    const split = make("figure", {}, this.split, make("figcaption", { textContent: words.shares }))
    this.element = cardOf(words.heading_primary, text, one, pose, split, sheet)
  }

  show(view) {
    const { shown, config, words, colours, byLength } = view
    const { primary_pose: P, image_size: size } = config
    const i = view.pointed ?? view.followed
    const pose = shown.primary.subarray(i * P, (i + 1) * P)
    const { x, y, size: side } = patchOf(i, config)
    const patch = Float32Array.from({ length: side ** 2 }, (_, p) => shown.image[(y + Math.floor(p / side)) * size + x + (p % side)])
    paintMap(this.patch, patch, side, colours.ink, 0, 1)
    put(this.vector, { viewBox: `0 0 ${P * STEP} ${HEIGHT}` })
    put(this.axis, { d: `M0,${HEIGHT / 2}H${P * STEP}` })
    put(this.bars, { d: barsPath(pose, 0, STEP, HEIGHT / 2, HEIGHT / 2, HEIGHT / 2), "stroke-width": STEP * 0.6 })
    const lengths = lengthsOf(shown.primary, P)
    const changes = changesOf(shown.primary, view.empty, config)
    this.numbers.textContent = fill(words.numbers, { length: lengths[i], change: changes[i] })
    this.showShares(view, i)
    for (const [name, choice] of Object.entries(this.modes)) choice.setAttribute("aria-pressed", (name === "length_mode") === byLength)
    const spot = cellOf(placeOf(i, config), config)
    put(this.spot, { x: spot.x, y: spot.y })
    this.squares.show(byLength ? lengths : changes, view, words.squares, view.said.pointed)
    const { width, height } = this.squares.canvas
    put(this.marks, { viewBox: `0 0 ${width} ${height}` })
  }
  // Its couplings, which sum to 1.
  showShares(view, i) {
    const { shown, classes } = view
    const J = classes.length
    put(this.split, { viewBox: `0 0 ${J * SHARE_STEP} ${HEIGHT}` })
    const bars = fitted(this.shares, J, () => shape("g", {}, shape("rect"), shape("text", { "text-anchor": "middle" })))
    bars.forEach((bar, j) => {
      const height = Math.max(0.5, shown.couplings[i * J + j] * (HEIGHT - 18))
      put(bar, { class: roleOf(j, view) })
      put(bar.children[0], { x: j * SHARE_STEP + 2, y: HEIGHT - 18 - height, width: SHARE_STEP - 4, height })
      put(bar.children[1], { x: (j + 0.5) * SHARE_STEP, y: HEIGHT - 4 })
      bar.children[1].textContent = classes[j].length < 3 ? classes[j] : ""
    })
  }
}
