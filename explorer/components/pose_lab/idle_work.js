// Work that can wait, in slices between frames, and not at all while a person is dragging.

const SLICE = 5 // milliseconds
const REST = 120 // milliseconds without input before work goes on

export class IdleWork {
  constructor() {
    this.works = new Map() // owner -> name -> generator that yields after each piece of work
    this.touched = -Infinity
    this.going = false
    this.channel = new MessageChannel() // unlike timers, not made to wait
    this.channel.port1.onmessage = () => this.slice()
  }

  // Has `work` done soon; what its owner wanted under this name before is dropped.
  later(owner, name, work) {
    if (!this.works.has(owner)) this.works.set(owner, new Map())
    this.works.get(owner).set(name, work)
    if (!this.going) this.goOn()
    this.going = true
  }

  drop(owner) {
    this.works.delete(owner)
  }

  // A person is at work: everything else rests.
  touch() {
    this.touched = performance.now()
  }

  goOn() {
    this.channel.port2.postMessage(null)
  }

  slice() {
    const start = performance.now()
    const rest = this.touched + REST - start
    if (rest > 0) return void setTimeout(() => this.goOn(), rest)
    try {
      while (this.works.size && performance.now() - start < SLICE) this.step()
    } finally {
      this.going = this.works.size > 0
      if (this.going) this.goOn()
    }
  }

  // One piece of what waits longest; work that fails is dropped.
  step() {
    const [owner, named] = this.works.entries().next().value
    const [name, work] = named.entries().next().value
    let done = true
    try {
      done = work.next().done
    } finally {
      if (done && named.get(name) === work) named.delete(name)
      if (!named.size && this.works.get(owner) === named) this.works.delete(owner)
    }
  }
}
