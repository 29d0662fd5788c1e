import { fill, make, signed } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { put, shape } from "../shared/svg.js"
import { lengthOf } from "./part.js"

const HEIGHT = 64
const STEP = 18 // from one bar to the next
const LEAST_TOP = 0.5 // bars are drawn as high as this at least

// What the capsule sees, and the numbers that it says.
export class Says {
  constructor(card, words) {
    this.words = words
    this.canvas = make("canvas", { role: "img" })
    this.seen = make("p", { className: "small" })
    this.bars = shape("svg", { class: "bars", role: "img" })
    this.length = make("p", { className: "result" })
    const [patch, numbers] = [make("div", {}, this.canvas, this.seen), make("div", {}, this.bars, this.length)]
    card.append(make("div", { className: "sees" }, patch, numbers))
  }

  show({ pose, patch }, { patch: size }) {
    const { words } = this
    new Pictures(this.canvas, size).grey(patch)
    this.seen.textContent = fill(words.sees, { patch: size })
    this.canvas.setAttribute("aria-label", this.seen.textContent)
    this.length.textContent = fill(words.length, { length: lengthOf(pose) })
    this.draw(Array.from(pose))
  }

  draw(numbers) {
    const middle = HEIGHT / 2
    const scale = middle / Math.max(LEAST_TOP, ...numbers.map(Math.abs))
    put(this.bars, {
      viewBox: `0 -1 ${STEP * numbers.length} ${HEIGHT + 2}`,
      "aria-label": fill(this.words.numbers, { numbers: numbers.map(number => signed(number, 2)).join(", ") }),
    })
    this.bars.replaceChildren(
      ...numbers.map((number, p) => {
        const height = Math.abs(number) * scale
        return shape("rect", { x: STEP * p + 2, y: number > 0 ? middle - height : middle, width: STEP - 4, height })
      }),
      shape("line", { x1: 0, x2: STEP * numbers.length, y1: middle, y2: middle }),
    )
  }
}
