import { colour, fill, make } from "../shared/dom.js"
import { DETAILS, READING, onMessage } from "../shared/messages.js"
import { colourTable } from "../shared/pictures.js"
import { CardInput } from "./card_input.js"
import { CardFilters } from "./card_filters.js"
import { CardPrimary } from "./card_primary.js"
import { CardRouting } from "./card_routing.js"
import { CardDigits } from "./card_digits.js"
import { CardDecoder } from "./card_decoder.js"
import { Chain } from "./chain.js"
import { headlineOf } from "./headline.js"
import { placeOf, placeShares, pullersOf, steadyPull } from "./lineage.js"
import { liveReading, servedReading } from "./readings.js"
import { saidOf } from "./said.js"

const CARDS = [CardInput, CardFilters, CardPrimary, CardRouting, CardDigits, CardDecoder]
const PULLERS = 20 // primary capsules that light for a digit capsule

// The whole network on one digit: the chain of its stages, and the card of the one that is open.
export class Anatomy {
  // `root`: the element; `send(event, value)` tells Python what was chosen.
  constructor(root, send) {
    this.root = root
    this.send = send
    this.pointing = { capsule: null, pixel: null, digit: null }
    this.chosen = { map: null, byLength: false }
    this.live = null
    this.before = null // the primary capsule shown last, where none was chosen
    this.updates = Promise.resolve()
    this.resizing = new ResizeObserver(() => this.layOut())
    this.stops = [
      onMessage(READING, reading => this.follow(reading)),
      onMessage(DETAILS, ({ wanted }) => ["trace", "features"].forEach(name => wanted.add(name))),
    ]
    root.onkeydown = event => this.press(event)
  }

  // What the server says: see component.py. Shown once it is unpacked.
  update(data) {
    this.updates = this.updates.then(() => this.take(data)).catch(error => console.error(error))
  }

  async take(data) {
    const same = data.arrays === this.data?.arrays
    const served = same ? this.served : await servedReading(data.arrays)
    const isNew = data.name !== this.data?.name
    const first = !this.data || JSON.stringify([data.words, data.digest]) !== this.text
    if (this.ended) return
    if (isNew || data.look.stage !== this.data.look.stage) this.stage = this.opening ?? data.look.stage
    this.opening = null
    Object.assign(this, { data, served, focus: data.look.focus, followed: data.look.followed })
    this.colours = { ink: colourTable(data.scales.ink), difference: colourTable(data.scales.difference) }
    colour(this.root, data.palette)
    if (isNew) this.before = null
    if (first) this.begin()
    if (first) this.layOut()
    else this.render()
    if (isNew && !this.live) this.chain.wave()
    this.root.dataset.digit = data.name
  }

  begin() {
    const { words, digest } = this.data
    this.text = JSON.stringify([words, digest])
    this.headline = make("h2")
    this.sentence = make("p", { className: "sentence" })
    this.told = make("p", { className: "told" })
    this.chain = new Chain(words, {
      point: capsule => this.point({ capsule }),
      pointPixel: pixel => this.point({ pixel }),
      pointDigit: digit => this.point({ digit }),
      follow: i => this.choose("follow", "followed", i),
      focus: j => this.choose("focus", "focus", j),
      open: stage => this.open(stage),
    })
    this.card = make("section", { className: "card", id: "card", role: "tabpanel", tabindex: 0 })
    this.root.replaceChildren(this.headline, this.sentence, this.chain.element, this.card)
    this.resizing.observe(this.root)
    this.shownCard = null
  }

  // Shows what the network in the browser reads; null: what the server said holds, as soon as it is there.
  follow(reading) {
    const mine = (this.reading = reading)
    if (reading) {
      const live = reading.blank || !this.data ? null : liveReading(reading, this.data.config)
      if (!live) return
      this.live = live
      this.root.toggleAttribute("data-live", true)
      return this.render()
    }
    this.updates.then(() => {
      if (this.reading !== mine || !this.live) return
      this.live = null
      this.root.toggleAttribute("data-live", false)
      this.render()
    })
  }

  point(where) {
    const before = JSON.stringify(this.pointing)
    Object.assign(this.pointing, where)
    if (JSON.stringify(this.pointing) !== before) this.render()
  }

  // Follows a primary capsule, or looks at a digit capsule: at once, and Python is told.
  choose(event, field, index) {
    if (this.live) return // what the pen draws is not yet a digit of the session's
    this[field] = index
    this.send(event, { name: this.data.name, index })
    this.render()
  }

  open(stage) {
    if (stage === this.stage || this.data.look.parts === "card") return
    this.stage = this.opening = stage
    this.render()
    this.send("stage", stage)
  }

  // 1 to 6 anywhere, arrows on the tabs.
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.chain) return
    const typing = event.target.matches("input:not([type=range]), select")
    const number = Number(event.key)
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -6, End: 6 }[event.key]
    const onTab = event.target.role === "tab" || event.target.getAttribute("role") === "tab"
    if (!typing && number >= 1 && number <= CARDS.length) this.open(number - 1)
    else if (onTab && step) this.open(Math.max(0, Math.min(CARDS.length - 1, this.stage + step)))
    else return
    event.preventDefault()
    if (onTab) this.chain.tabs[this.stage].focus()
  }

  // All that is to be shown.
  view() {
    const { data, served } = this
    const shown = this.live ?? served
    const { classes } = data.config
    const focus = this.live ? this.live.winner : this.focus
    const winner = this.live ? this.live.winner : data.look.winner
    const meant = this.live ? null : data.look.meant
    const runner = this.live ? this.live.rival : runnerUp(shown.lengths, winner)
    const rival = this.live || focus !== data.look.focus ? (meant ?? (focus === winner ? runner : winner)) : data.look.rival
    const followed = this.followed ?? steadyPull(shown.pulls, focus, classes.length, this.live ? this.before : null)
    this.before = followed
    const picture = this.live ? (focus === winner ? this.live.reconstruction : null) : slice(served.pictures, focus, data.config.image_size ** 2)
    if (!this.live || !this.deck) this.deck = this.deckOf(shown.features)
    const doubt = this.live ? this.live.doubt : data.look.doubt
    const { words, config, palette, iterations, frame } = data
    return {
      shown, served, data, words, config, classes, palette, iterations, frame, focus, winner, runner, rival, meant, doubt, followed, picture,
      live: Boolean(this.live), stage: this.stage, colours: this.colours, deck: this.deck, empty: served.empty, byLength: this.chosen.byLength,
      pointed: this.pointing.capsule, lit: this.lit(shown, data.config), shares: this.pointing.digit === null ? [] : placeShares(shown.pulls, this.pointing.digit, classes.length, data.config),
    }
  }

  // Squares that light: those that see the pixel, or pull the digit capsule, that is pointed at.
  lit({ pulls }, config) {
    const { pixel, digit } = this.pointing
    const J = config.digit_capsules
    if (digit !== null) return pullersOf(pulls, digit, J, PULLERS).map(i => [i, pulls[i * J + digit]])
    if (!pixel) return []
    const { primary_stride: stride, kernel_size: kernel, primary_capsules: I } = config
    const within = (place, at) => place * stride <= at && at < place * stride + 2 * kernel - 1
    const all = Array.from({ length: I }, (_, i) => i)
    return all.filter(i => within(placeOf(i, config).column, pixel.x) && within(placeOf(i, config).row, pixel.y)).map(i => [i, 0])
  }

  layOut() {
    if (!this.data || !this.root.clientWidth) return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    this.chain.layOut(this.root.clientWidth, rem, this.view())
    this.render()
  }

  render() {
    if (!this.chain?.at) return
    const view = this.view()
    view.said = saidOf(view)
    ;[this.headline.textContent, this.sentence.textContent] = headlineOf(view)
    this.chain.show(view)
    this.told.textContent = fill(view.words[this.followed === null && this.pointing.capsule === null ? "told_default" : "told"], { said: view.said.pointed })
    this.showCard(view)
    this.chain.element.inert = this.card.inert = this.data.look.locked
    this.root.toggleAttribute("data-locked", this.data.look.locked)
    this.root.dataset.parts = this.data.look.parts
    this.root.dataset.stage = view.stage
    this.root.dataset.focus = view.focus
    this.root.dataset.followed = view.followed
  }

  showCard(view) {
    if (this.shownCard !== view.stage) {
      this.open_card?.end?.()
      const on = { ...this.chain.on, byLength: on => this.set({ byLength: on }), map: k => this.chooseMap(k) }
      this.open_card = new CARDS[view.stage](view.words, on)
      this.card.replaceChildren(this.open_card.element, this.told)
      this.card.setAttribute("aria-labelledby", `stage-${view.stage}`)
      this.shownCard = view.stage
    }
    this.open_card.show(view)
  }

  set(changes) {
    Object.assign(this.chosen, changes)
    this.render()
  }

  chooseMap(map) {
    this.chosen.map = map
    this.deck = this.deckOf((this.live ?? this.served).features)
    this.render()
  }

  // The feature maps in the order of their deck: the one chosen, then those that ink makes brightest.
  deckOf(features) {
    if (this.ordered?.features !== features) this.ordered = { features, order: byInk(features, this.data.config) }
    const { map } = this.chosen
    return map === null ? this.ordered.order : [map, ...this.ordered.order.filter(k => k !== map)]
  }

  end() {
    this.ended = true
    this.open_card?.end?.()
    this.stops.forEach(stop => stop())
    this.resizing.disconnect()
  }
}

const slice = (numbers, n, size) => numbers.subarray(n * size, (n + 1) * size)

function runnerUp(lengths, winner) {
  const others = Array.from(lengths, (_, j) => j).filter(j => j !== winner)
  return others.reduce((best, j) => (lengths[j] > lengths[best] ? j : best))
}

// Feature maps, those first in which ink lights most: more than in a corner, where there is none.
function byInk(features, { feature_channels: maps, feature_size: size }) {
  const sums = Array.from({ length: maps }, (_, k) => {
    const map = slice(features, k, size ** 2)
    return map.reduce((sum, value) => sum + Math.max(0, value - map[0]), 0)
  })
  return sums.map((_, k) => k).sort((a, b) => sums[b] - sums[a] || a - b)
}
