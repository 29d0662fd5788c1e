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
    const entry = (mark, text) => make("p", {}, make("i", { className: mark }), make("span", { textContent: text }))
    this.element.replaceChildren(
      entry("ahead", fill(this.words.legend_forward, { name })),
      entry("behind", fill(this.words.legend_back, { name })),
      entry("ring", fill(this.words.legend_followed, values)),
      entry("filled", this.words.legend_map),
    )
  }
}
