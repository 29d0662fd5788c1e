import { fill, make } from "../shared/dom.js"

// What the marks mean, and which capsule is followed.
export class Legend {
  constructor(words) {
    this.words = words
    this.element = make("div", { className: "legend" })
  }

  write({ classes, sizes }, { focus, followed }) {
    const name = classes[focus]
    const { places, columns } = sizes
    const place = followed % places
    const values = { channel: Math.floor(followed / places), row: Math.floor(place / columns), column: place % columns }
    const mark = name => make("i", { className: name })
    const said = (text, ...marks) => make("p", {}, ...marks, make("span", { textContent: text }))
    const pulls = said(fill(this.words.legend_forward, { name }), mark("ahead"))
    pulls.append(mark("behind"), make("span", { textContent: this.words.legend_back }))
    this.element.replaceChildren(
      pulls,
      said(fill(this.words.legend_followed, values), mark("ring")),
      said(this.words.legend_map, mark("filled")),
    )
  }
}
