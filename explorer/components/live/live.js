import { make } from "../shared/dom.js"
import { fileAt } from "../shared/files.js"
import { CANVAS, DETAILS, NETWORK, QUESTION, READING, SERVED, TOLD, onMessage, broadcast } from "../shared/messages.js"
import { LiveReader } from "./live_reader.js"

export const FAST_ENOUGH = 60 // milliseconds a reading

// Reads what is on the canvas while the pen moves, and tells all views of it; once the server has read the same, what it
// says holds again. Without weights, and where a browser is too slow or lacks what it takes, nothing is told.
export class Live {
  // `changed()` is called whenever `state` or `reading` has changed.
  constructor(changed) {
    this.changed = changed
    this.state = { name: "loading", share: 0 } // or "ready" with its speed, or "failed"
    this.wish = null // the person's: true, false, or null for none
    this.reading = null // what is shown in place of what the server said; null: nothing is
    this.seen = null // what draws the canvas, once it has changed
    this.told = null // the moment of what the server was told last; undefined: not yet of what is seen
    this.surface = make("canvas").getContext("2d", { willReadFrequently: true })
    this.stops = [
      onMessage(CANVAS, paint => this.see(paint)),
      onMessage(TOLD, ({ moment }) => (this.told = moment)),
      onMessage(QUESTION, asked => (asked.answer = this.ready ? this.reader.ask(asked.question) : null)),
      onMessage(SERVED, ({ moment }) => moment === this.told && this.rest()),
    ]
  }

  get ready() {
    return this.state.name === "ready"
  }

  get on() {
    return this.ready && (this.wish ?? this.state.speed < FAST_ENOUGH)
  }

  // Puts a network to work, which `digest` names: `files` are the addresses of { worker, network, decoder, refinement },
  // `settings` are what its `Reader` takes, and `size` is the height and width of the canvas as the server gets it.
  use({ digest, files, settings, size, iterations, wish }) {
    this.digest = digest
    this.size = size
    this.wish = wish
    this.iterations = iterations
    if (files.network !== this.files?.network) this.load(files, settings)
    if (!this.on) this.rest()
  }

  async load(files, settings) {
    this.files = files
    this.reader?.end()
    this.rest()
    this.become({ name: "loading", share: 0 })
    const isCurrent = () => files === this.files
    try {
      const network = await fileAt(files.network, share => isCurrent() && this.become({ name: "loading", share }))
      if (!isCurrent()) return
      this.reader = this.begin(files.worker)
      this.reader.takeNetwork(network, settings)
      const decoder = await fileAt(files.decoder)
      if (!isCurrent()) return
      this.reader.takeDecoder(decoder)
      const refinement = await fileAt(files.refinement)
      if (!isCurrent()) return
      this.reader.takeRefinement(refinement)
      broadcast(NETWORK, { ready: this.ready }) // what is asked from now on is answered more exactly
    } catch (error) {
      if (!isCurrent()) return
      this.fail(error.message)
      this.files = null // the line may be back when the page is told of the network again
    }
  }

  begin(address) {
    return new LiveReader(new Worker(new URL(address, document.baseURI)), {
      ready: speed => this.become({ name: "ready", speed }),
      reading: reading => this.say(reading),
      failed: message => this.fail(message),
    })
  }

  fail(message) {
    console.warn("No live reading here:", message)
    this.reader?.end()
    this.reader = null
    this.rest()
    this.become({ name: "failed" })
  }

  become(state) {
    const before = this.ready
    this.state = state
    if (this.ready !== before) broadcast(NETWORK, { ready: this.ready })
    this.changed()
    this.next()
  }

  see(paint) {
    this.seen = paint
    this.told = undefined
    if (!paint) return this.rest()
    this.next()
  }

  // At most once a frame.
  next() {
    if (!this.on || !this.seen || this.frame) return
    this.frame = requestAnimationFrame(() => {
      this.frame = null
      if (this.on && this.seen) this.reader.offer(() => this.pixels())
    })
  }

  pixels() {
    const { surface, size, iterations } = this
    if (surface.canvas.width !== size) Object.assign(surface.canvas, { width: size, height: size })
    this.seen(surface, size)
    const wanted = new Set()
    broadcast(DETAILS, { wanted })
    const { data } = surface.getImageData(0, 0, size, size)
    return { pixels: data.buffer, size, options: { iterations, details: [...wanted] } }
  }

  say(reading) {
    this.reading = { ...reading, blank: !reading, digest: this.digest }
    this.tell()
  }

  // What the server said holds.
  rest() {
    this.seen = null
    this.reader?.forget()
    if (!this.reading) return
    this.reading = null
    this.tell()
  }

  tell() {
    document.body.toggleAttribute("data-live", Boolean(this.reading)) // app.css shows what is of the digit before
    broadcast(READING, this.reading)
    this.changed()
  }

  end() {
    this.rest()
    this.stops.forEach(stop => stop())
    this.reader?.end()
  }
}
