import { fill, make } from "../shared/dom.js"
import { FilmStrip } from "./film_strip.js"
import { Pictures } from "../shared/pictures.js"
import { playButton, showPlaying, swing } from "./swing.js"

// From digit A to digit B through the space of poses, within one class or between two.
export class Morph {
  constructor(root, data, instrument) {
    const { words } = data
    this.idle = instrument.idle
    this.share = 0
    this.film = new FilmStrip(data.side, words.morph_slider, {
      press: () => this.rest(),
      input: value => this.turn(value),
      release: () => {},
      cancel: () => {},
      reset: () => this.turn(0),
    })
    this.film.span(0, 1, 0.01)
    this.play = playButton(words.morph_play, () => this.toggle())
    this.caption = make("p", { className: "hint" })
    this.keep = make("button", { type: "button", onclick: () => this.data.send("keep", this.data.subject) })
    const canvas = name => make("canvas", { role: "img", "aria-label": words[name] })
    const views = { start: canvas("morph_start"), middle: canvas("morph_middle"), end: canvas("morph_end") }
    this.pictures = Object.fromEntries(
      Object.entries(views).map(([name, view]) => [name, new Pictures(view, data.side)]),
    )
    this.names = { start: make("figcaption"), middle: make("figcaption"), end: make("figcaption") }
    const figure = name => make("figure", { className: name }, views[name], this.names[name])
    this.track = make("div", { className: "track" }, this.play, this.film.element)
    root.replaceChildren(
      make("div", { className: "three" }, figure("start"), figure("middle"), figure("end")),
      this.track,
      make("div", { className: "keep" }, this.keep, this.caption),
    )
    this.root = root
  }

  update(data) {
    const { words, start, end } = data
    this.data = data
    const ready = start !== null && !start.same
    this.root.classList.toggle("kept", start !== null)
    this.root.classList.toggle("ready", ready)
    this.keep.textContent = fill(start ? words.morph_keep_instead : words.morph_keep, { label: end.label })
    this.caption.textContent = !start
      ? words.morph_first
      : start.same
        ? words.morph_next
        : start.capsule === end.capsule
          ? words.morph_within
          : words.morph_between
    if (!ready) this.rest()
    this.begin(start ?? end, end)
  }

  begin(start, end) {
    const { decoder, words } = this.data
    const changed = JSON.stringify([start, end, this.data.digest])
    if (changed === this.shown) return
    this.shown = changed
    this.ends = [start, end]
    this.pictures.start.grey(decoder.decode(start.capsule, start.pose))
    this.pictures.end.grey(decoder.decode(end.capsule, end.pose))
    this.names.start.textContent = fill(words.morph_a, start)
    this.names.end.textContent = fill(start === end ? words.morph_now : words.morph_b, end)
    this.show(this.share)
    const strip = this.film.pictureStrip(share => this.blend(share))
    this.idle.later(this, "morph", strip)
  }

  // Poses in between are straight on from one to the other; two capsules are both awake on the way.
  blend(share) {
    const [start, end] = this.ends
    return this.data.decoder.blend([
      [start.capsule, start.pose, 1 - share],
      [end.capsule, end.pose, share],
    ])
  }

  turn(share) {
    this.idle.touch()
    this.show(share)
  }

  show(share) {
    this.share = share
    this.pictures.middle.grey(this.blend(share))
    const mixed = fill(this.data.words.morph_share, {
      start: Math.round(100 - 100 * share),
      end: Math.round(100 * share),
    })
    this.names.middle.textContent = mixed
    this.film.show(share, mixed)
  }

  toggle() {
    if (this.stop) return this.rest()
    showPlaying(this.play, true)
    this.stop = swing(2 * this.share - 1, share => this.turn((share + 1) / 2))
  }

  rest() {
    this.stop?.()
    this.stop = undefined
    showPlaying(this.play, false)
  }

  end() {
    this.rest()
    this.idle.drop(this)
  }
}
