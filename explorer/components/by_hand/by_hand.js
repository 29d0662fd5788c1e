import { askNetwork } from "../shared/ask_network.js"
import { DETAILS, MOMENT, READING, broadcast, onMessage } from "../shared/messages.js"
import { numbersOf } from "../shared/numbers.js"
import { Picture } from "./picture.js"
import { readSubject, servedSubject } from "./subject.js"

const COMPARED = ["v", "b"] // the phases in which there is an output to compare votes with

// One primary capsule's part in routing, at the iteration and for the digits that the page looks at: as the server
// tells it, or as the network in the browser does while the pen moves and for a capsule that is new to the server.
export class ByHand {
  constructor(root) {
    this.root = root
    this.chosen = () => {} // called with the iteration, from 1, that a person chooses here
    this.data = null // the server's
    this.live = null // what the network in the browser reads, with a trace
    this.asked = null // its reading of the server's picture: { iterations, reading }, the last null until it is there
    this.tried = new Map() // class -> a vote [D] in place of the true one
    this.stops = [
      onMessage(DETAILS, ({ wanted }) => wanted.add("trace")),
      onMessage(READING, reading => this.follow(reading)),
      onMessage(MOMENT, moment => this.look(moment)),
    ]
  }

  // Called again with each run of the server, mostly with the same.
  show(data) {
    const before = this.data
    const isNew = name => data[name] !== before?.[name]
    this.data = data
    if (!before || isNew("image") || isNew("iterations") || isNew("network")) this.begin(data)
    else {
      const looked = ["iteration", "focus", "rival", "followed"].filter(isNew)
      this.change(Object.fromEntries(looked.map(name => [name, data[name]])))
      if (isNew("iteration")) this.view.phase = "v"
    }
    this.update()
  }

  // The picture of so many iterations.
  prepare(iterations) {
    const { classes, primaryPose, inverseTemperature, words } = this.data
    const shape = JSON.stringify([classes, iterations, primaryPose, inverseTemperature, words])
    if (shape === this.shape) return
    this.shape = shape
    this.picture?.end()
    this.picture = new Picture(this.root, { ...this.data, iterations }, {
      step: iteration => this.step(iteration),
      tryVote: (j, vote) => this.turn(j, vote),
    })
  }

  // Another digit: all is as the server says.
  begin({ iteration, iterations, focus, rival, followed }) {
    this.asked = null
    this.iterations = iterations // the race may run more than the server did
    this.tried.clear()
    this.view = { iteration, phase: "v", focus, rival, followed }
  }

  // What is looked at; a vote that was tried is one of this capsule's, and is seen with these digits alone.
  change(changes) {
    const others = ["focus", "rival", "followed"].some(name => (changes[name] ?? this.view[name]) !== this.view[name])
    if (others) this.tried.clear()
    this.view = { ...this.view, ...changes }
  }

  look(moment) {
    if (!this.data) return
    this.change(moment)
    this.iterations = Math.max(this.iterations, moment.iteration)
    this.update()
  }

  follow(reading) {
    if (!this.data || (reading && !reading.trace)) return
    this.live = reading
    this.tried.clear()
    if (reading) this.change({ focus: reading.winner, rival: reading.rival })
    else this.begin(this.data)
    this.update()
  }

  step(iteration) {
    broadcast(MOMENT, { ...this.view, iteration, phase: "v" })
    this.chosen(iteration)
  }

  turn(j, vote) {
    if (vote) this.tried.set(j, vote)
    else this.tried.delete(j)
    this.update()
  }

  // The capsule that is followed; while it is not known here yet, the one before.
  subject() {
    const { data, live, iterations } = this
    const { followed } = this.view
    if (live) return readSubject(live, followed, data)
    if (followed === data.followed && iterations === data.iterations) return servedSubject(data)
    if (this.asked?.iterations !== iterations) this.ask(iterations)
    if (this.asked.reading) return readSubject(this.asked.reading, followed, data)
    return this.shown ?? servedSubject(data)
  }

  async ask(iterations) {
    const asked = (this.asked = { iterations, reading: null })
    asked.reading = await askNetwork({ image: numbersOf(this.data.image), iterations })
    if (asked === this.asked && asked.reading) this.update()
  }

  update() {
    this.shown = this.subject()
    this.prepare(this.shown.poses.length)
    const { iteration, phase, focus, rival } = this.view
    const compared = COMPARED.includes(phase) ? iteration : Math.max(1, iteration - 1)
    const look = { compared: Math.min(compared, this.shown.poses.length), phase, focus, rival }
    this.picture.show(this.shown, look, this.tried)
  }

  end() {
    this.stops.forEach(stop => stop())
    this.picture?.end()
  }
}
