import { tensorsOf } from "../network/tensors.js"
import { fill, make, signed } from "../shared/dom.js"
import { gunzipped } from "../shared/gunzip.js"
import { paintMap } from "../shared/pictures.js"
import { put, shape } from "../shared/svg.js"
import { cardOf, named, paragraph } from "./card_parts.js"
import { brightest } from "./chain.js"
import { MapSheet } from "./map_sheet.js"

const files = new Map() // address -> promise of a network's filters

// Stage 2: one filter, where it fires most, and its map; all others to choose from.
export class CardFilters {
  constructor(words, on) {
    this.words = words
    const picture = name => make("canvas", { role: "img", "aria-label": words[name] })
    Object.assign(this, { filter: picture("filter"), seen: picture("seen"), map: picture("map") })
    this.spot = shape("rect", { class: "spot" })
    this.marks = shape("svg", { "aria-hidden": true }, this.spot)
    this.sum = make("p", { className: "sum" })
    this.sheet = new MapSheet(words.maps, on.map)
    const sign = text => make("span", { className: "then", textContent: text, "aria-hidden": true })
    const map = make("div", { className: "over" }, this.map, this.marks)
    const row = [named(this.seen, words.seen), sign("×"), named(this.filter, words.filter), sign("→"), named(map, words.map)]
    const legend = ["more", "less"].map(name => make("span", { className: name, textContent: words[`weight_${name}`] }))
    const example = make("div", { className: "row example" }, ...row)
    this.about = make("p")
    this.element = cardOf(words.heading_filters, [paragraph(words.filters), this.about, make("p", { className: "legend" }, ...legend)], example, this.sum, this.sheet.element)
  }

  show(view) {
    const { shown, config, words, colours } = view
    this.view = view
    const { feature_size: size, kernel_size: kernel } = config
    const [k] = view.deck
    const map = shown.features.subarray(k * size ** 2, (k + 1) * size ** 2)
    const bright = brightest(shown.features)
    const best = map.indexOf(Math.max(...map))
    const [x, y] = [best % size, Math.floor(best / size)]
    const patch = patchAt(shown.image, config, x, y)
    paintMap(this.seen, patch, kernel, colours.ink, 0, 1)
    paintMap(this.map, map, size, colours.ink, 0, bright)
    put(this.marks, { viewBox: `0 0 ${size} ${size}` })
    put(this.spot, { x: x - 0.5, y: y - 0.5, width: 2, height: 2 })
    this.sheet.show(shown.features, config, k, bright, colours.ink, fill(words.map_of, { number: k, value: map[best] }))
    this.about.textContent = fill(words.filter_now, { number: k, count: config.feature_channels })
    filtersAt(view.data.filters).then(filters => this.showFilter(filters, k, patch, map[best]))
  }

  showFilter({ weights, biases }, k, patch, value) {
    if (this.view.deck[0] !== k) return
    const { colours, config, words } = this.view
    const size = config.kernel_size
    const filter = weights.subarray(k * size ** 2, (k + 1) * size ** 2)
    const most = Math.max(...filter.map(Math.abs)) || 1
    paintMap(this.filter, filter, size, colours.difference, -most, most)
    const sum = patch.reduce((total, ink, p) => total + ink * filter[p], 0)
    this.sum.textContent = fill(words.sum, { sum: signed(sum, 2), bias: signed(biases[k], 2), value })
  }
}

// What a place of the feature maps sees of the picture.
function patchAt(image, { image_size: size, kernel_size: kernel }, x, y) {
  return Float32Array.from({ length: kernel ** 2 }, (_, p) => image[(y + Math.floor(p / kernel)) * size + x + (p % kernel)])
}

function filtersAt(address) {
  if (!files.has(address)) files.set(address, filtersFrom(address))
  return files.get(address)
}

async function filtersFrom(address) {
  const response = await fetch(new URL(address, document.baseURI))
  return tensorsOf(await gunzipped(await response.arrayBuffer())).tensors
}
