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
    this.questions = new Map() // number -> how to tell whoever asked
    this.asked = 0
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

  takeRefinement(refinement) {
    this.worker.postMessage({ refinement })
  }

  // A Promise of what the network says to a question, see ask_network.js; null where it can't be asked any more.
  ask(question) {
    return new Promise((answer, refuse) => {
      this.questions.set(++this.asked, { answer, refuse })
      this.worker.postMessage({ question, asked: this.asked })
    })
  }

  // Has a picture read as soon as that can be: `pixels()` gives { pixels, size, options }, and is called only then.
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
    const { pixels, size, options } = this.waiting()
    this.waiting = null
    this.busy = true
    this.worker.postMessage({ pixels, size, options, number: ++this.number }, [pixels])
  }

  hear({ failed, speed, number, reading, asked, answer, problem }) {
    if (failed !== undefined) return this.fail(failed)
    if (speed !== undefined) {
      this.isReady = true
      this.on.ready(speed)
    }
    if (number !== undefined) {
      this.busy = false
      if (number === this.number) this.on.reading(reading)
    }
    if (asked !== undefined) this.settle(asked, answer, problem)
    this.next()
  }

  settle(asked, answer, problem) {
    const waits = this.questions.get(asked)
    this.questions.delete(asked)
    if (problem === undefined) waits.answer(answer)
    else waits.refuse(new Error(problem))
  }

  fail(message) {
    this.end()
    this.on.failed(message)
  }

  end() {
    this.worker.terminate()
    this.worker.onmessage = this.worker.onerror = null
    for (const { answer } of this.questions.values()) answer(null)
    this.questions.clear()
    this.isReady = false
  }
}
