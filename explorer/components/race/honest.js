import { make } from "../shared/dom.js"
import { movedOf } from "./pull.js"

const COLUMNS = 150
const MOVED = 0.1 // of a capsule's output

// What routing did, in one line: how far all primary capsules moved, the one that moved most first, and the server's
// words.
export class Honest {
  constructor(words) {
    this.canvas = make("canvas", { "aria-hidden": "true", width: COLUMNS, height: 34 })
    this.canvas.tip = () => words.moved
    this.words = make("p")
    this.element = make("div", { className: "honest" }, this.canvas, this.words)
  }

  write(text) {
    this.words.textContent = text
  }

  // `other`: the words are of another state of the digit.
  show(found, other) {
    this.element.classList.toggle("stale", other)
    const shares = movedOf(found).sort().reverse()
    const { width, height } = this.canvas
    const context = this.canvas.getContext("2d")
    const style = getComputedStyle(this.element)
    const [moved, still] = ["--ink", "--other"].map(name => style.getPropertyValue(name))
    context.clearRect(0, 0, width, height)
    for (let n = 0; n < COLUMNS; n++) {
      const share = shares[Math.floor((n * shares.length) / COLUMNS)]
      context.fillStyle = share >= MOVED ? moved : still
      context.fillRect(n, height - Math.max(1, share * height), 1, height)
    }
  }
}
