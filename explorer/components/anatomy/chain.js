import { fill, make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { DigitRows } from "./digit_rows.js"
import { chainGeometry, frontCard, isStrip } from "./geometry.js"
import { Lines } from "./lines.js"
import { changesOf, lengthsOf } from "./lineage.js"
import { place } from "./place.js"
import { Squares } from "./squares.js"

const BRIGHT = 0.995 // the share of the feature maps' numbers that are not simply white
const SAMPLE = 7 // every so many of them are looked at

// All stages side by side: pictures on canvases, what joins them above as lines, and on top of each its name, a tab.
export class Chain {
  // `on`: point(i), pointPixel(pixel), pointDigit(j), follow(i), focus(j), open(stage).
  constructor(words, on) {
    this.words = words
    this.on = on
    this.frame = make("div", { className: "open-stage" })
    this.tabs = Array.from({ length: 6 }, (_, stage) => this.tab(stage))
    this.input = make("canvas", { className: "input" })
    this.deck = make("canvas", { className: "deck" })
    this.squares = new Squares(on)
    this.drawn = make("canvas", { className: "drawn" })
    this.difference = make("canvas", { className: "difference" })
    this.legend = make("div", { className: "legend" }, ...["more", "less"].map(name => make("span", { className: name, textContent: words[`ink_${name}`] })))
    this.bright = make("p", { className: "bright" })
    this.lines = new Lines()
    this.rows = new DigitRows(this.lines.rows, on)
    const tablist = make("div", { role: "tablist", className: "tabs", "aria-label": words.stages }, ...this.tabs)
    const drawings = [this.input, this.deck, this.squares.canvas, this.drawn, this.difference, this.legend, this.bright]
    this.element = make("div", { className: "chain" }, this.frame, ...drawings, this.lines.element, this.rows.element, tablist)
    this.element.onclick = event => this.clicked(event)
    this.input.onpointermove = event => on.pointPixel(this.pixelAt(event))
    this.input.onpointerleave = () => on.pointPixel(null)
  }

  tab(stage) {
    const parts = [`${stage + 1} ${this.words[`title_${stage}`]}`, this.words[`caption_${stage}`], ""]
    const [title, caption, size] = parts.map((textContent, n) => make("span", { className: ["title", "caption", "size"][n], textContent }))
    const number = make("span", { className: "ordinal", textContent: stage + 1, "aria-hidden": true })
    const properties = { type: "button", id: `stage-${stage}`, role: "tab", "aria-controls": "card", onclick: () => this.on.open(stage) }
    return make("button", properties, title, caption, size, number)
  }

  // Opens the stage of the column that was clicked, where nothing else was.
  clicked(event) {
    if (event.target.closest("button, .squares")) return
    const x = event.clientX - this.element.getBoundingClientRect().left
    const stage = this.at?.columns.findIndex(([start, width]) => x >= start && x < start + width + 8)
    if (stage >= 0) this.on.open(stage)
  }

  pixelAt({ offsetX, offsetY }) {
    const { width, clientWidth } = this.input
    const [x, y] = [offsetX, offsetY].map(place => Math.floor((place * width) / clientWidth))
    return x >= 0 && y >= 0 && x < width && y < width ? { x, y } : null
  }

  // Lays everything out in a width.
  layOut(width, rem, view) {
    const { config, words } = view
    const narrow = isStrip(width, rem)
    this.element.classList.toggle("strip", narrow)
    this.tabs.forEach((tab, stage) => (tab.querySelector(".size").textContent = fill(words[`size_${stage}`], sizesOf(view))))
    const columns = chainGeometry(width, rem, config, 0).columns
    this.tabs.forEach((tab, stage) => place(tab, { x: columns[stage][0], width: columns[stage][1] }))
    const top = narrow ? 0.5 * rem : Math.max(...this.tabs.map(tab => tab.offsetHeight)) + 0.5 * rem
    const at = (this.at = chainGeometry(width, rem, config, top))
    const bottom = at.height + (narrow ? 1.6 : 1.4) * rem
    this.element.style.height = `${bottom}px`
    for (const tab of this.tabs) tab.style.height = narrow ? `${bottom}px` : ""
    place(this.input, at.input)
    place(this.deck, at.deck)
    place(this.squares.canvas, at.primary)
    place(this.bright, { x: at.primary.x, y: at.height + 0.15 * rem })
    this.layOutDecoder(at)
    this.lines.layOut(width, bottom, at)
    this.rows.layOut(at, view)
  }

  layOutDecoder({ decoder, strip, middle, rem }) {
    const size = decoder.width
    const top = strip ? middle - size / 2 : decoder.y
    place(this.drawn, { x: decoder.x, y: top, width: size, height: size })
    place(this.difference, { x: decoder.x, y: top + size + 0.75 * rem, width: size, height: size })
    place(this.legend, { x: decoder.x - 0.25 * rem, y: top + 2 * size + rem, width: size + 0.5 * rem })
    this.difference.hidden = this.legend.hidden = strip
    this.elbow = { x: decoder.x, y: top + size / 2 }
  }

  show(view) {
    const { shown, config, colours, stage } = view
    this.tabs.forEach((tab, n) => {
      tab.setAttribute("aria-selected", n === stage)
      tab.tabIndex = n === stage ? 0 : -1
      tab.setAttribute("aria-label", view.said.stages[n])
    })
    const [x, width] = this.at.columns[stage]
    const left = Math.max(0, x - 8)
    const right = Math.min(this.element.clientWidth, x + width + 2)
    place(this.frame, this.at.strip ? { x, width } : { x: left, width: right - left })
    paintMap(this.input, shown.image, config.image_size, colours.ink, 0, 1)
    this.showDeck(view)
    const numbers = view.byLength ? lengthsOf(shown.primary, config.primary_pose) : changesOf(shown.primary, view.empty, config)
    this.squares.show(numbers, view, view.words.squares, view.said.pointed)
    this.bright.textContent = `${view.words.modes} ${view.words[view.byLength ? "length_mode" : "change_mode"]}`
    this.showDecoder(view)
    this.rows.show(view)
    this.lines.show(view, this.elbow, this.rows.middle(view.focus))
  }

  // Maps behind one another, the one looked at in front.
  showDeck(view) {
    const { features } = view.shown
    const { deck, rem } = this.at
    const scale = window.devicePixelRatio || 1
    Object.assign(this.deck, { width: Math.round(deck.width * scale), height: Math.round(deck.height * scale) })
    const context = this.deck.getContext("2d")
    context.imageSmoothingEnabled = false
    const card = this.at.card = frontCard(deck)
    const size = view.config.feature_size
    const one = document.createElement("canvas")
    const bright = brightest(features)
    for (let n = Math.min(deck.maps, view.deck.length) - 1; n >= 0; n--) {
      const start = view.deck[n] * size ** 2
      paintMap(one, features.subarray(start, start + size ** 2), size, view.colours.ink, 0, bright)
      const [x, y, side] = [card.x + n * card.right, card.y - n * card.up, card.side].map(part => part * scale)
      context.fillStyle = view.palette["--line"]
      context.fillRect(x - scale, y - scale, side + 2 * scale, side + 2 * scale)
      context.drawImage(one, x, y, side, side)
    }
  }

  showDecoder({ shown, focus, picture, config, colours }) {
    this.drawn.classList.toggle("waiting", !picture)
    if (!picture) return
    paintMap(this.drawn, picture, config.image_size, colours.ink, 0, 1)
    paintMap(this.difference, picture.map((pixel, p) => pixel - shown.image[p]), config.image_size, colours.difference, -1, 1)
  }

  // A new digit: stage after stage comes into sight.
  wave() {
    this.element.classList.remove("wave")
    void this.element.offsetWidth // so that it begins anew
    this.element.classList.add("wave")
  }
}

// The number that is shown as white: a few bright pixels would leave the rest in the dark.
export function brightest(features) {
  const sorted = Float32Array.from({ length: Math.ceil(features.length / SAMPLE) }, (_, n) => features[n * SAMPLE]).sort()
  return sorted[Math.floor((sorted.length - 1) * BRIGHT)] || sorted.at(-1) || 1
}

const sizesOf = ({ config, iterations }) => ({
  size: config.image_size,
  maps: config.feature_channels,
  map: config.feature_size,
  capsules: config.primary_capsules.toLocaleString("en"),
  primary: config.primary_pose,
  votes: (config.primary_capsules * config.digit_capsules).toLocaleString("en"),
  iterations,
  classes: config.digit_capsules,
  pose: config.digit_pose,
})
