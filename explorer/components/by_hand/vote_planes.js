import { fill, make, signed } from "../shared/dom.js"
import { put, shape } from "../shared/svg.js"
import { planeLayout, unitOf } from "./layout.js"
import { voteAt } from "./plane.js"
import { printedProduct } from "./printed.js"
import { VoteArrow } from "./vote_arrow.js"

const UP = 104 // of each plane, above its axis
const HEIGHT_OF_PLANE = 132

// Two planes, one below the other, each with a vote that can be dragged, and the products that they show.
export class VotePlanes {
  // `tryVote(j, vote)` is called with a vote [D] for class j that was tried; null: the true one.
  constructor(card, words, tryVote) {
    this.words = words
    this.tryVote = tryVote
    this.svg = shape("svg", { class: "planes", role: "group", "aria-label": words.votes })
    this.arrows = [0, 1].map(n => new VoteArrow(this.svg, n * HEIGHT_OF_PLANE + UP, (x, y) => this.move(n, x, y)))
    this.products = [0, 1].map(() => make("p", { className: "result" }))
    this.sizes = new ResizeObserver(() => this.draw())
    this.sizes.observe(this.svg)
    card.append(this.svg)
  }

  // `planes`: of the focus and of its rival, { j, name, hue, plane, truth }, the last two of the vote that is shown and
  // of the true one.
  show(planes) {
    this.planes = planes
    this.draw()
    planes.forEach(({ name, hue, plane }, n) => {
      this.products[n].dataset.hue = hue
      this.products[n].replaceChildren(...this.product(name, plane))
      this.arrows[n].name(fill(this.words.tip, { name }), this.products[n].textContent)
    })
  }

  product(name, { voteLength, poseLength, angle }) {
    const found = printedProduct(voteLength, poseLength, angle)
    const words = found.angle === null ? this.words.product_flat : this.words.product
    return [fill(words, { name, ...found }), make("b", { textContent: ` ${signed(found.agreement, 2)}` })]
  }

  draw() {
    const width = this.svg.clientWidth / unitOf()
    if (!this.planes || !width) return
    put(this.svg, { viewBox: `0 0 ${width} ${2 * HEIGHT_OF_PLANE}` })
    this.layout = planeLayout(
      this.planes.map(({ truth }) => truth),
      width,
      UP - 26, // a line of words above
    )
    this.planes.forEach(({ name, hue, plane, truth }, n) =>
      this.arrows[n].draw(plane, truth, { ...this.layout, width, hue, up: UP }, [
        fill(this.words.vote, { name }),
        fill(this.words.pose, { name }),
      ]),
    )
  }

  // The tip of a vote was moved to x and y of its plane; null: back.
  move(n, x, y) {
    const { j, plane } = this.planes[n]
    this.tryVote(j, x === null ? null : voteAt(plane, x, y))
  }

  end() {
    this.sizes.disconnect()
  }
}
