import { fill, make } from "../shared/dom.js"
import { fitted, put, shape } from "../shared/svg.js"
import { cardOf, pageLink, paragraph, rich } from "./card_parts.js"
import { roleOf } from "./digit_rows.js"
import { halfOf, movedOf } from "./lineage.js"

const BAR = 15 // from one to the next
const TALL = 96 // of length 1

// Stage 4: how long each digit capsule is after each iteration, and what routing did.
export class CardRouting {
  constructor(words) {
    this.iterations = make("div", { className: "iterations", role: "img" })
    this.said = make("p")
    const links = make("p", { className: "links" }, pageLink(words.watch, "routing"))
    const figure = make("figure", { className: "wide" }, this.iterations, make("figcaption", { textContent: words.iterations }))
    this.element = cardOf(words.heading_routing, [paragraph(words.routing), this.said, links], figure)
  }

  show(view) {
    const { shown, classes, words, focus, live, data } = view
    const J = classes.length
    const steps = shown.lengthsByIteration.length / J
    const values = {
      moved: live ? movedOf(shown.couplings, J) : data.look.moved,
      all: shown.couplings.length / J,
      half: halfOf(shown.pulls, focus, J),
      name: classes[focus],
    }
    rich(this.said, fill(words[steps === 1 ? "honest_once" : "honest"], values))
    this.iterations.setAttribute("aria-label", fill(words.iterations_alt, { steps, name: classes[focus] }))
    fitted(this.iterations, steps, chart).forEach((svg, r) => this.draw(svg, shown.lengthsByIteration.subarray(r * J, (r + 1) * J), view, r))
  }

  draw(svg, lengths, view, r) {
    const [bars, limits, title] = svg.children
    const width = lengths.length * BAR
    put(svg, { viewBox: `0 0 ${width} ${TALL + 34}`, width, height: TALL + 34 })
    fitted(bars, lengths.length, () => shape("g", {}, shape("rect"), shape("text", { "text-anchor": "middle" }))).forEach((one, j) => {
      const [bar, name] = one.children
      const height = Math.max(0.5, lengths[j] * TALL)
      put(one, { class: roleOf(j, view) })
      put(bar, { x: j * BAR + 2, y: TALL - height, width: BAR - 4, height })
      put(name, { x: (j + 0.5) * BAR, y: TALL + 14 })
      name.textContent = view.classes[j].length < 3 ? view.classes[j] : ""
    })
    put(limits, { d: [0.1, 0.9].map(length => `M0,${TALL * (1 - length)}h${width}`).join("") })
    put(title, { x: width / 2, y: TALL + 31 })
    title.textContent = fill(view.words.iteration, { number: r + 1 })
  }
}

const chart = () => shape("svg", {}, shape("g"), shape("path", { class: "limits" }), shape("text", { "text-anchor": "middle" }))
