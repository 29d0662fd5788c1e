// Reads pictures of the canvas with the network in a Worker: at most one at a time, and the newest wins.
export class LiveReader {
  // `worker` is a Worker of worker.js. Called are `on.ready(speed)`, with the milliseconds that a reading takes,
  // `on.reading(reading)` and `on.failed(message)`; nothing after `end`.
  constructor(worker, on) {
    this.worker = worker
    this.on = on
    this.number = 0
    this.busy = this.isReady = false
    this.waiting = null // what is to be read next
    worker.onmessage = ({ data }) => this.hear(data)
    worker.onerror = ({ message }) => this.fail(message)
  }

  // Weights, as they came; the settings of the network.
  takeNetwork(network, settings) {
    this.worker.postMessage({ network, settings })
  }

  takeDecoder(decoder) {
    this.worker.postMessage({ decoder })
  }

  // Has a picture read as soon as that can be: `pixels()` gives { pixels, size, iterations }, and is called only then.
  offer(pixels) {
    this.waiting = pixels
    this.next()
  }

  // What is being read is of no interest any more.
  forget() {
    this.waiting = null
    this.number++
  }

  next() {
    if (!this.isReady || this.busy || !this.waiting) return
    const { pixels, size, iterations } = this.waiting()
    this.waiting = null
    this.busy = true
    this.worker.postMessage({ pixels, size, iterations, number: ++this.number }, [pixels])
  }

  hear({ failed, speed, number, reading }) {
    if (failed !== undefined) return this.fail(failed)
    if (speed !== undefined) {
      this.isReady = true
      this.on.ready(speed)
    }
    if (number !== undefined) {
      this.busy = false
      if (number === this.number) this.on.reading(reading)
    }
    this.next()
  }

  fail(message) {
    this.end()
    this.on.failed(message)
  }

  end() {
    this.worker.terminate()
    this.worker.onmessage = this.worker.onerror = null
    this.isReady = false
  }
}
