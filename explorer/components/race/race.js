import { askNetwork } from "../shared/ask_network.js"
import { fill, make } from "../shared/dom.js"
import { DETAILS, MOMENT, READING, SERVED, broadcast, onMessage } from "../shared/messages.js"
import { Cells } from "./cells.js"
import { Honest } from "./honest.js"
import { Legend } from "./legend.js"
import { PHASES, stateAt } from "./moments.js"
import { RacePlayer } from "./player.js"
import { pulled } from "./pull.js"
import { traced } from "./routed.js"
import { Silence } from "./silence.js"
import { Stage } from "./stage.js"
import { put } from "../shared/svg.js"
import { Tip } from "./tip.js"

// What is to be done with words that tell how routing ended: hidden while it is played, or of fewer iterations. See
// component.css and app.css.
const OUTCOME = "data-outcome"

// The race of one digit: all that stands in its element, what is looked at, and where it stands.
export class Race {
  // `tell(look)` is called when the person looks at something else, `iterate(count)` when the server has to run another
  // number of iterations.
  constructor(root, words, { tell, iterate }) {
    Object.assign(this, { root, words, tell, iterate })
    this.own = null // what the server made of the digit
    this.base = null // the same, with more iterations, or what the network in the browser reads while the pen moves
    this.found = null // what is seen of it: some capsules may be silenced
    this.kept = null // what was looked at before the pen moved
    const reduced = matchMedia("(prefers-reduced-motion: reduce)")
    this.player = new RacePlayer({
      changed: () => this.draw(),
      arrived: () => this.broadcast(),
      isStill: () => reduced.matches,
    })
    this.stage = new Stage(words, change => this.choose(change))
    this.legend = new Legend(words)
    this.cells = new Cells(words, {
      toggle: () => this.player.toggle(),
      slowly: () => this.player.togglePace(),
      seek: moment => this.player.seek(moment),
      more: () => this.routeAgain(),
    })
    this.silence = new Silence(words, found => this.hush(found))
    this.honest = new Honest(words)
    const aside = make("div", { className: "aside" }, this.legend.element, this.silence.element)
    const scene = make("div", { className: "scene" }, this.stage.element, aside)
    root.replaceChildren(scene, this.cells.element, this.honest.element, new Tip(root).element)
    root.seek = moment => this.player.seek(moment)
    root.onkeydown = event => this.press(event)
    this.stops = [
      onMessage(DETAILS, ({ wanted }) => wanted.add("trace")),
      onMessage(READING, reading => this.follow(reading)),
      onMessage(SERVED, () => this.broadcast()),
      onMessage(MOMENT, moment => this.join(moment)),
    ]
    this.watch = new ResizeObserver(() => this.fit())
    this.watch.observe(root)
  }

  // What the server made of a digit, as `unpacked` gives it.
  take(routed, words, look) {
    this.words = words
    this.kept = null
    this.own = pulled(routed)
    this.look = { ...look }
    this.begin(this.own)
    this.root.toggleAttribute("data-ready", true)
  }

  // Where the lesson has it stand, { moment, locked }: see component.py.
  stand({ moment, locked }) {
    this.root.toggleAttribute("data-lesson", true)
    this.stage.compact = true
    this.build()
    this.root.toggleAttribute("data-locked", locked)
    this.cells.element.inert = locked
    if (moment !== null) this.player.seek(moment)
  }

  // The server says what is looked at.
  lookAt(look) {
    if (!this.own || JSON.stringify(look) === JSON.stringify(this.look)) return
    this.look = { ...look }
    this.show(this.base)
    this.silence.begin(this.base, this.look)
  }

  // Routing of another digit, or with another number of iterations: it stands at its end.
  begin(base) {
    this.base = base
    this.show(base)
    this.silence.begin(base, this.look)
    this.player.begin(base.sizes.R)
  }

  // The person looks at something else: seen at once, and told.
  choose(change) {
    const before = this.look
    this.look = { ...before, ...change }
    if (this.look.focus === this.look.rival) this.look.rival = before.focus
    if (JSON.stringify(before) === JSON.stringify(this.look)) return
    const another = this.look.focus !== before.focus
    this.show(another ? this.base : this.found)
    if (another) this.silence.begin(this.base, this.look)
    else this.silence.look = this.look
    this.broadcast()
    if (!this.kept) this.tell(this.look)
  }

  // What the network in the browser reads while the pen moves; null: what the server said holds.
  follow(reading) {
    if (!this.own || (reading && !reading.trace)) return
    if (!reading) return this.kept && this.restore()
    this.kept ??= this.look
    this.look = { ...this.look, focus: reading.winner, rival: reading.rival }
    this.begin(pulled(traced(reading, this.own)))
  }

  restore() {
    this.look = this.kept
    this.kept = null
    this.begin(this.own)
  }

  // One iteration more, by the network in the browser, or where none is at work by the server.
  async routeAgain() {
    const { base } = this
    const iterations = base.sizes.R + 1
    const reading = await askNetwork({ image: base.image, iterations })
    if (base !== this.base) return
    if (!reading?.trace) return this.kept || this.iterate(iterations)
    this.base = pulled(traced(reading, base))
    this.show(this.base)
    this.silence.begin(this.base, this.look)
    this.player.extend(iterations)
  }

  // Without the primary capsules that are silenced, on the scale of all; null: with all of them.
  hush(found) {
    this.show(found ? { ...found, reach: Math.max(...this.base.forward) } : this.base)
  }

  show(found) {
    this.found = found
    const more = found === this.base && this.isExtended
    this.honest.write(more ? this.saidOfMore(found) : this.words.honest)
    this.honest.show(found, found !== this.own && !more)
    this.build()
  }

  get isExtended() {
    return !this.kept && this.base.sizes.R > this.own.sizes.R
  }

  saidOfMore({ sizes: { R }, trained }) {
    return fill(R > trained ? this.words.more_than_trained : this.words.more, { count: R, trained })
  }

  fit() {
    const width = Math.round(this.root.clientWidth)
    if (!this.found || !width || width === this.width) return
    this.build()
  }

  build() {
    this.width = Math.round(this.root.clientWidth)
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
    this.stage.build(this.found, this.look, this.width / unit)
    this.root.classList.toggle("narrow", this.stage.layout.narrow)
    const { digit, width } = this.stage.layout
    this.root.style.setProperty("--aside", (digit.y + digit.side + 10) / width) // of the width, whatever that is on paper
    this.legend.write(this.found, this.look)
    this.cells.begin(this.found, this.look)
    this.draw()
  }

  draw() {
    if (!this.found) return
    const state = stateAt(this.player.position)
    if (state.r >= this.found.sizes.R) return
    this.root.dataset.iteration = state.r + 1
    this.root.dataset.phase = PHASES[state.phase]
    this.stage.show(state, this.look)
    this.cells.show(state, this.look.followed, this.player)
    const words = this.player.inSuspense ? "hidden" : this.isExtended ? "earlier" : null
    for (const element of [this.root, document.body]) put(element, { [OUTCOME]: words })
  }

  broadcast() {
    if (!this.found) return
    const { r, phase } = stateAt(Math.floor(this.player.position))
    if (r < this.found.sizes.R) broadcast(MOMENT, { iteration: r + 1, phase: PHASES[phase], ...this.look })
  }

  // Goes where a figure below it went.
  join({ iteration, phase }) {
    if (!this.found) return
    const moment = PHASES.length * (iteration - 1) + PHASES.indexOf(phase)
    if (moment !== Math.max(0, Math.floor(this.player.position))) this.player.seek(moment)
  }

  press(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key] * (event.shiftKey ? 4 : 1)
    const target = event.composedPath()[0]
    if (this.cells.element.inert || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.matches("input")) return
    if (steps) this.player.step(steps)
    else if (event.key === "Home") this.player.seek(0)
    else if (event.key === "End") this.player.seek(this.player.last)
    else if (event.key === " " && !target.closest("[role=button], [role=option], .cell, .dots, .silence")) this.player.toggle()
    else if (event.key === "s" || event.key === "S") this.player.togglePace()
    else return
    event.preventDefault()
  }

  end() {
    this.player.stop()
    put(document.body, { [OUTCOME]: null })
    this.watch.disconnect()
    this.silence.end()
    this.stops.forEach(stop => stop())
  }
}
