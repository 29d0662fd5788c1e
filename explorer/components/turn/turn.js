import { fill, make, signed } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { Curves } from "../shared/curves.js"
import { LONG, degrees, keptAbout, rivalOf, sentenceOf, slidesOf } from "./findings.js"
import { Readings } from "./readings.js"
import { rotated } from "./rotation.js"

const MARKED = 3 // numbers that stand out

// The digit turned by a slider: the lengths of all capsules and the numbers of one pose as curves over the angle.
export class Turn {
  // `ask` as shared/ask_network.js.
  constructor(root, ask) {
    this.root = root
    this.ask = ask
    this.angle = 0
  }

  // `data`: { subject, image [side * side], side, capsule, classes, iterations, angles, pose (how many numbers), words,
  // read, send }; `read` is null or what the server has read: { lengths, poses, drawn }.
  update(data) {
    const other = data.subject !== this.data?.subject
    const words = JSON.stringify([data.words, data.angles, data.pose]) !== this.shape
    this.data = data
    if (words) this.build()
    if (!other && !words && !data.read) return
    this.turning = data.read && { angles: data.angles, ...data.read }
    if (this.turning) this.readings.forget()
    this.show()
    if (!this.turning) this.read()
  }

  build() {
    const { words, angles, pose, side } = this.data
    this.shape = JSON.stringify([words, angles, pose])
    this.readings?.forget()
    this.readings = new Readings(this.ask, angles, turning => {
      this.turning = turning
      this.show()
    })
    this.said = make("p", { className: "said", role: "status" })
    this.offer = make("p", { className: "offer", hidden: true }, fill(words.why, { count: angles.length }), this.button())
    this.lengths = new Curves(angles, 0, 1)
    this.numbers = Array.from({ length: pose }, (_, d) => numberBox(d, angles))
    this.root.replaceChildren(
      make("p", { className: "lead" }, make("b", { textContent: words.lead })),
      this.said,
      this.offer,
      make("div", { className: "bench" }, this.pictures(side, words), this.chart(words, angles)),
      make("div", { className: "numbers", role: "group", "aria-label": words.numbers }, ...this.numbers.map(({ element }) => element)),
      make("p", { className: "note", textContent: fill(words.note, { side, step: angles[1] - angles[0] }) }),
    )
  }

  button() {
    const { words, send } = this.data
    const press = () => this.data.send("read", this.data.subject)
    return make("button", { type: "button", textContent: words.read, onclick: send && press })
  }

  pictures(side, words) {
    const figure = alt => {
      const canvas = make("canvas", { role: "img", "aria-label": alt })
      const caption = make("figcaption")
      return { canvas, caption, pictures: new Pictures(canvas, side), element: make("figure", {}, canvas, caption) }
    }
    this.turned = figure(words.turned_alt)
    this.drawn = figure(words.drawn_alt)
    return make("div", { className: "pair" }, this.turned.element, this.drawn.element)
  }

  chart(words, angles) {
    const ends = { min: angles[0], max: angles.at(-1), step: angles[1] - angles[0] }
    this.slider = make("input", { type: "range", ...ends, "aria-label": words.angle, oninput: () => this.turnTo(this.slider.value) })
    this.slider.value = this.angle
    this.legend = make("div", { className: "legend" })
    const scale = make("div", { className: "scale", "aria-hidden": true }, ...["1", "0.5", "0"].map(text => make("span", {}, text)))
    const plot = make("div", { className: "plot" }, this.lengths.element)
    for (const name of ["pointerdown", "pointermove"]) plot.addEventListener(name, event => this.ride(event, plot))
    const shown = [angles[0], 0, angles.at(-1)].map(angle => make("span", {}, degrees(angle)))
    const ticks = make("div", { className: "ticks", "aria-hidden": true }, ...shown)
    return make("div", { className: "chart" }, this.legend, scale, plot, this.slider, ticks)
  }

  // A pointer on the curves takes the angle along.
  ride(event, plot) {
    if (!(event.buttons & 1)) return
    const { left, width } = plot.getBoundingClientRect()
    const { min, max, step } = this.slider
    const share = Math.max(0, Math.min(1, (event.clientX - left) / width))
    this.slider.value = Math.round((Number(min) + share * (max - min)) / step) * step
    this.turnTo(this.slider.value)
  }

  turnTo(angle) {
    this.angle = Number(angle)
    this.point()
  }

  async read() {
    const { subject, image, side, capsule, iterations } = this.data
    const ready = await this.ask({})
    if (subject !== this.data.subject || this.data.read) return
    this.offer.hidden = Boolean(ready) || this.complete
    if (!this.offer.hidden) this.said.textContent = "" // nothing is being read
    if (ready) await this.readings.begin({ image, size: side, capsule, iterations }, this.turning)
  }

  // The network in the browser can be asked, or asked more exactly, or not any more.
  network(ready) {
    if (ready) this.read()
  }

  get complete() {
    return Boolean(this.turning) && this.data.angles.every((_, place) => this.turning.lengths[place])
  }

  // All curves of what is known by now.
  show() {
    const { capsule, classes, angles, words } = this.data
    if (this.turning) this.offer.hidden = true
    this.kept = this.complete ? keptAbout(this.turning, capsule) : null
    this.said.textContent = this.complete ? sentenceOf(this.turning, capsule, classes, words) : words.waiting
    this.rival = this.complete ? rivalOf(this.turning, capsule) : null
    this.showLengths(angles, capsule, classes)
    this.showNumbers(angles)
    this.point()
  }

  showLengths(angles, capsule, classes) {
    const lengths = this.turning?.lengths ?? []
    const kind = j => (j === capsule ? "focus" : j === this.rival ? "rival" : "other")
    const curves = classes.map((_, j) => ({
      values: angles.map((_, place) => lengths[place]?.[j] ?? NaN),
      kind: kind(j),
      dots: kind(j) !== "other",
    }))
    const order = ["other", "rival", "focus"] // the last is drawn on top
    curves.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    const band = this.kept && [angles[this.kept.first], angles[this.kept.last]]
    this.lengths.draw(curves, [{ value: LONG, kind: "half" }], band)
  }

  showNumbers(angles) {
    const poses = this.turning?.poses ?? []
    const largest = Math.max(0.1, ...poses.flatMap(pose => Array.from(pose ?? [], Math.abs)))
    const most = this.kept ? slidesOf(this.turning, this.kept).slice(0, MARKED) : []
    this.numbers.forEach(({ element, curves }, d) => {
      const values = angles.map((_, place) => poses[place]?.[d] ?? NaN)
      const marked = most.some(({ number }) => number === d + 1)
      Object.assign(curves, { low: -1.15 * largest, high: 1.15 * largest })
      curves.draw([{ values, kind: marked ? "focus" : "other", dots: marked }], [{ value: 0, kind: "zero" }])
      element.classList.toggle("most", marked)
    })
  }

  // What is seen at the angle looked at; every stop of the slider is one that was read.
  point() {
    const { image, side, capsule, classes, angles, words } = this.data
    const { angle } = this
    const place = angles.indexOf(angle)
    const lengths = this.turning?.lengths[place]
    const pose = this.turning?.poses[place]
    const values = { angle: degrees(angle), name: classes[capsule], length: lengths?.[capsule] }
    this.turned.pictures.grey(rotated(image, side, angle))
    this.turned.caption.textContent = fill(words.turned, values)
    this.drawn.pictures.grey(this.turning?.drawn[place] ?? new Float32Array(side * side))
    this.drawn.caption.textContent = fill(words.drawn, values)
    this.slider.setAttribute("aria-valuetext", lengths ? fill(words.value, values) : values.angle)
    this.lengths.point(angle, lengths?.[capsule])
    this.showLegend(lengths)
    this.numbers.forEach(({ curves, value }, d) => {
      curves.point(angle, pose?.[d])
      value.textContent = pose ? signed(pose[d], 2) : ""
    })
  }

  showLegend(lengths) {
    const { capsule, classes, words } = this.data
    const entry = (kind, name, length) => make("span", { className: kind }, make("i"), name, make("b", {}, length))
    const told = j => (lengths ? lengths[j].toFixed(2) : "")
    const rival = this.rival === null ? [] : [entry("rival", fill(words.capsule, { name: classes[this.rival] }), told(this.rival))]
    const focus = entry("focus", fill(words.capsule, { name: classes[capsule] }), told(capsule))
    this.legend.replaceChildren(focus, ...rival, entry("other", words.others, ""))
  }

  end() {
    this.readings?.forget()
  }
}

function numberBox(d, angles) {
  const curves = new Curves(angles, -1, 1)
  const value = make("span", { className: "value" })
  const head = make("div", { className: "head" }, make("b", {}, String(d + 1)), value)
  return { curves, value, element: make("div", { className: "number" }, head, curves.element) }
}
