import { make } from "../shared/dom.js"
import { MOMENT, READING, broadcast, onMessage } from "../shared/messages.js"
import { Listing } from "./listing.js"
import { Note } from "./note.js"

const NARROW = 640 // pixels below which a line's note stands under it

// Code whose lines can be pointed at, and the note of the one that is: its formula, and its numbers for the digit at hand.
// Where the race stands on the same page, each goes where the other went.
export class AnnotatedCode {
  constructor(root) {
    this.root = root
    this.chosen = () => {} // called with the iteration, from 1, that a person chooses here
    this.stops = [
      onMessage(MOMENT, moment => this.join(moment)),
      onMessage(READING, reading => this.note?.wait(Boolean(reading))),
    ]
    this.watch = new ResizeObserver(() => this.fit())
    this.watch.observe(root)
  }

  // Called again with each run of the server, mostly with the same.
  show(data) {
    const before = this.data
    this.data = data
    if (before?.iteration !== data.iteration) this.iteration = data.iteration
    this.iteration = Math.min(this.iteration, data.iterations)
    const shape = JSON.stringify([data.lines, data.words, data.iterations])
    if (shape !== this.shape) {
      this.shape = shape
      this.build()
    }
    this.update()
    if (this.isNew) this.listing.reveal(this.line)
    this.isNew = false
  }

  build() {
    const { data } = this
    this.note = new Note(data.words, data.iterations, {
      seek: iteration => this.seek(iteration),
      step: by => this.step(by),
    })
    this.listing = new Listing(data, {
      point: line => this.point(line),
      canHover: () => !this.isNarrow,
    })
    this.aside = make("div", { className: "aside" })
    this.root.classList.toggle("whole", data.whole)
    this.root.replaceChildren(this.listing.element, this.aside)
    this.line = (data.notes.find(note => note.leads) ?? data.notes[0]).line
    this.isNew = true
    this.isNarrow = null
    this.fit()
  }

  get lit() {
    return this.data.notes.find(note => note.line === this.line)
  }

  // The person points at a line.
  point(line) {
    if (line === this.line) return
    this.line = line
    this.update()
    this.tell()
  }

  // The person chooses an iteration.
  seek(iteration) {
    this.iteration = iteration
    this.update()
    this.tell()
    this.chosen(iteration)
  }

  // To the line that runs before or after this one, into another iteration where there is none.
  step(by) {
    const run = this.data.notes.filter(note => note.leads)
    const here = run.findIndex(note => note.phase === this.lit.phase)
    const moment = (this.iteration - 1) * run.length + here + by
    if (moment < 0 || moment >= run.length * this.data.iterations) return
    this.line = run[moment % run.length].line
    this.listing.reveal(this.line)
    this.seek(Math.floor(moment / run.length) + 1)
  }

  // What is lit is lit in the race, too.
  tell() {
    const { phase } = this.lit
    if (phase) broadcast(MOMENT, { iteration: this.iteration, phase, ...this.data.look })
  }

  // Goes where the race went.
  join({ iteration, phase }) {
    if (!this.data) return
    this.iteration = Math.min(iteration, this.data.iterations)
    if (this.lit.phase !== phase) {
      const { notes } = this.data
      const next = notes.find(note => note.leads && note.phase === phase) ?? notes.find(note => note.phase === phase)
      if (next) this.line = next.line
      if (next) this.listing.reveal(next.line)
    }
    this.update()
  }

  fit() {
    const isNarrow = this.root.clientWidth < NARROW
    if (!this.listing || isNarrow === this.isNarrow) return
    this.isNarrow = isNarrow
    this.root.classList.toggle("narrow", isNarrow)
    this.update()
  }

  update() {
    const { data, lit, iteration } = this
    this.listing.light(lit.line)
    this.note.show(lit, iteration, data, data.notes.some(note => note.leads))
    if (!this.isNarrow) this.aside.append(this.note.element)
    else if (this.listing.lit.nextSibling !== this.note.element) this.listing.lit.after(this.note.element)
  }

  end() {
    this.watch.disconnect()
    this.stops.forEach(stop => stop())
  }
}
