import { askNetwork } from "../shared/ask_network.js"
import { fill, make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { button, cardOf, pageLink, rich } from "./card_parts.js"
import { Dial } from "./dial.js"
import { MOST_TURN, SHARES, TURNS, nearestDrawn, turnedPose } from "./dial_pose.js"

// Stage 5: a capsule is a vector. It is turned and shortened, and the decoder draws what it then says.
export class CardDigits {
  constructor(words, on) {
    this.words = words
    this.on = on
    this.hand = { degrees: 0, length: null, direction: 0 } // length null: the capsule's own
    this.dial = new Dial(words, (degrees, length) => this.turn({ degrees, length }))
    this.choice = make("select", { "aria-label": words.capsule, onchange: () => on.focus(Number(this.choice.value)) })
    this.length = this.slider("length", 0, 1, 0.01)
    this.degrees = this.slider("degrees", -MOST_TURN, MOST_TURN, 1)
    this.drawn = make("canvas", { role: "img" })
    this.said = make("figcaption")
    this.short = SHARES.map(() => make("figure", {}, make("canvas", { "aria-hidden": true }), make("i"), make("figcaption")))
    this.back = button(words.reset, () => this.turn({ degrees: 0, length: null }), "small")
    this.other = button(words.other_way, () => this.turn({ direction: (this.hand.direction + 1) % this.directions }), "small")
    const tools = make("p", { className: "links" }, this.back, this.other)
    const links = make("p", { className: "links" }, pageLink(words.to_pose, "pose"), pageLink(words.why, "routing"))
    const text = [this.about(words), this.length.element, this.degrees.element, tools]
    const turns = make("div", { className: "turned" }, make("b", { textContent: words.turned }), this.dial.element)
    const result = make("div", { className: "result" }, make("figure", { className: "now" }, this.drawn, this.said), links)
    const shortened = make("div", { className: "shortened" }, make("b", { textContent: words.shortened }), ...this.short)
    this.element = cardOf(words.heading_digits, text, turns, result, shortened)
  }

  about(words) {
    const [before, after] = words.capsule_is.split("{name}")
    return make("p", {}, before, this.choice, rich(make("span"), after))
  }

  slider(name, min, max, step) {
    const input = make("input", { type: "range", min, max, step, oninput: () => this.turn({ [name]: Number(input.value) }) })
    const label = make("span")
    return { input, label, element: make("label", { className: "turner" }, label, input) }
  }

  turn(changes) {
    Object.assign(this.hand, changes)
    this.draw()
    this.drawBeside()
  }

  show(view) {
    const { shown, focus, data, classes, config } = view
    const subject = `${data.name} ${focus} ${view.live}`
    if (subject !== this.subject) Object.assign(this.hand, { degrees: 0, length: null })
    this.subject = subject
    this.view = view
    const D = config.digit_pose
    this.pose = shown.poses.slice(focus * D, (focus + 1) * D)
    const { directions } = view.served
    this.directions = directions.length / (classes.length * D)
    if (this.choice.options.length !== classes.length) this.choice.replaceChildren(...classes.map((name, j) => make("option", { value: j, textContent: name })))
    this.choice.value = focus
    this.draw()
    this.drawBeside()
  }

  direction() {
    const D = this.pose.length
    const start = (this.view.focus * this.directions + this.hand.direction) * D
    return this.view.served.directions.slice(start, start + D)
  }

  posed(degrees, length) {
    return turnedPose(this.pose, this.direction(), degrees, length)
  }

  // The arrow, the words and, as soon as it is decoded, its picture.
  async draw() {
    const { view, words } = this
    const own = view.shown.lengths[view.focus]
    const { degrees } = this.hand
    const length = this.hand.length ?? own
    this.dial.show(degrees, length)
    this.say(this.length, fill(words.length_means, { length }), length)
    this.say(this.degrees, fill(words.direction_means, { degrees: Math.round(degrees) }), degrees)
    const name = view.classes[view.focus]
    this.said.textContent = words.drawn_now
    this.drawn.setAttribute("aria-label", fill(words.drawn_alt, { name, length, degrees: Math.round(degrees) }))
    this.back.disabled = degrees === 0 && this.hand.length === null
    const [picture] = (await this.pictures([[degrees, length]])) ?? []
    if (picture && length === (this.hand.length ?? own) && degrees === this.hand.degrees) this.paint(this.drawn, picture)
  }

  say({ input, label }, text, value) {
    rich(label, text)
    if (Number(input.value) !== value) input.value = value
    input.setAttribute("aria-valuetext", text.replaceAll("**", ""))
  }

  // The pictures about the dial, and those of the pose shortened; one request at a time.
  async drawBeside() {
    if (this.asking) return
    const { view } = this
    const own = view.shown.lengths[view.focus]
    const key = `${this.subject} ${this.hand.direction} ${Array.from(this.pose)}`
    if (key === this.beside) return
    this.asking = true
    const pictures = await this.pictures([...TURNS.map(degrees => [degrees, own]), ...SHARES.map(share => [0, share * own])])
    this.asking = false
    if (view !== this.view) return this.drawBeside()
    if (!pictures) return
    this.beside = key
    this.dial.paint(pictures, view.colours.ink, view.config.image_size)
    this.short.forEach((figure, n) => {
      const [canvas, bar, caption] = figure.children
      this.paint(canvas, pictures[TURNS.length + n])
      bar.style.setProperty("--length", own * SHARES[n])
      caption.textContent = (own * SHARES[n]).toFixed(2)
    })
  }

  paint(canvas, picture) {
    paintMap(canvas, picture, this.view.config.image_size, this.view.colours.ink, 0, 1)
  }

  // What the decoder draws of [degrees, length] each: in the browser, or else the nearest that the server has drawn.
  async pictures(asked) {
    const { view, hand } = this
    const poses = asked.map(([degrees, length]) => this.posed(degrees, length))
    const decoded = await askNetwork({ decode: { capsule: view.focus, poses } })
    if (decoded) return decoded
    const { dial } = view.data
    if (view.live || dial.capsule !== view.focus || hand.direction) return null
    return asked.map(([degrees, length]) => nearestDrawn(view.served.dial, dial, degrees, length))
  }
}
