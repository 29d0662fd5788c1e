import { make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { choiceOf } from "./choices.js"

// Arrangements of quarters as small pictures, each above its column of answers.
export class Arrangements {
  // `chosen` is called with the number of one.
  constructor({ labels, words, pictures, side }, chosen) {
    Object.assign(this, { labels, words, chosen })
    this.faces = labels.map((label, at) => {
      const canvas = make("canvas", { "aria-hidden": true })
      new Pictures(canvas, side).grey(pictures[at])
      return make("span", {}, canvas, make("small", {}, label))
    })
    this.element = make("div", { className: "arrangements" })
  }

  point(stop) {
    const focused = this.element.contains(this.element.getRootNode().activeElement)
    const choice = choiceOf(this.words.kind_parts, this.faces, stop, at => this.choose(at))
    this.element.replaceChildren(choice)
    if (focused) choice.children[stop].focus()
  }

  choose(at) {
    this.chosen(at)
  }

  end() {}
}
