import { fill, make } from "../shared/dom.js"

// What the marks mean, and which capsule is followed.
export class Legend {
  constructor(words) {
    this.words = words
    this.element = make("div", { className: "legend" })
  }

  write({ sizes }, { followed }) {
    const { places, columns } = sizes
    const place = followed % places
    const values = { channel: Math.floor(followed / places), row: Math.floor(place / columns), column: place % columns }
    const mark = name => make("i", { className: name })
    const said = (text, ...marks) => make("p", {}, ...marks, make("span", { textContent: text }))
    const pulls = said(this.words.legend_forward, mark("ahead"), mark("step ahead"))
    pulls.append(mark("behind"), mark("step"), make("span", { textContent: this.words.legend_back }))
    this.element.replaceChildren(
      pulls,
      said(this.words.legend_sum, mark("total")),
      said(this.words.legend_map, mark("filled")),
      said(fill(this.words.legend_followed, values), mark("ring")),
    )
  }
}
