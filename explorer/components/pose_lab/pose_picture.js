import { fill, make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"

// The picture, large, with the original and the difference, what is known of it, and what is done to the whole pose.
export class PosePicture {
  // `on` holds what is to be done: undo(), reset(), random().
  constructor({ side, words }, on) {
    const canvas = name => make("canvas", { role: "img", "aria-label": words[name] })
    const views = { picture: canvas("picture"), original: canvas("original"), difference: canvas("difference") }
    const pictures = Object.entries(views).map(([name, view]) => [name, new Pictures(view, side)])
    this.pictures = Object.fromEntries(pictures)
    const figure = (name, title) =>
      make("figure", { title }, views[name], make("figcaption", { textContent: words[name] }))
    const action = (text, onclick, title = "") => make("button", { type: "button", textContent: text, onclick, title })
    this.words = words
    this.length = make("div", { className: "length" }, make("span"), make("div", { className: "gauge" }, make("i")))
    this.length.title = words.length_help
    this.belief = make("p", { className: "belief", role: "status" })
    this.undo = action(words.undo, on.undo)
    const beside = [figure("original", ""), figure("difference", words.difference_help)]
    const actions = [this.undo, action(words.reset_all, on.reset), action(words.random, on.random, words.random_help)]
    const seen = make(
      "div",
      { className: "seen" },
      views.picture,
      make("div", { className: "beside" }, ...beside),
      make("div", { className: "about" }, this.length, this.belief),
    )
    this.element = make("div", { className: "picture" }, seen, make("div", { className: "buttons" }, ...actions))
  }

  // What other pictures are compared with.
  begin(original) {
    this.original = original
    this.pictures.original.grey(original)
  }

  show(pixels, colours) {
    this.pictures.picture.grey(pixels)
    this.pictures.difference.difference(pixels, this.original, colours)
  }

  showLength(length) {
    this.length.classList.toggle("out", length > 1)
    this.length.firstChild.textContent = fill(length > 1 ? this.words.length_out : this.words.length, { length: length.toFixed(2) })
    this.length.style.setProperty("--length", Math.min(1.25, length))
  }

  // What Python knows of the pose that is set.
  update({ belief, undoable }) {
    this.belief.textContent = belief
    this.undo.disabled = !undoable
  }
}
