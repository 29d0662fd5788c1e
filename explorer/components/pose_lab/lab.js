import { make } from "../shared/dom.js"
import { PoseNumber } from "./pose_number.js"
import { PosePicture } from "./pose_picture.js"
import { effectOf, randomPose } from "./poses.js"
import { showPlaying, swing } from "./swing.js"

// The picture, its pose's sliders, and what is done to all of them.
export class Lab {
  constructor(root, data, instrument) {
    const { words } = data
    this.instrument = instrument
    this.idle = instrument.idle
    this.data = data
    this.pose = new Float32Array(data.own.length)
    this.pressed = new Float32Array(data.own.length)
    this.numbers = data.own.map((_, d) => new PoseNumber(d, data.side, words, this.actions(d)))
    this.sliders = make("div", { className: "sliders", role: "group", "aria-label": words.sliders })
    this.picture = new PosePicture(data, {
      undo: () => this.data.send("undo", this.data.subject),
      reset: () => this.choose(this.own),
      random: () => this.choose(randomPose(this.data.trained_low, this.data.trained_high)),
    })
    const desk = make("div", { className: "desk" }, this.head(words), this.sliders, this.legend(words))
    root.replaceChildren(this.picture.element, desk)
    this.arrange(instrument.order)
  }

  head(words) {
    const choice = name =>
      make("button", { type: "button", textContent: words[`order_${name}`], onclick: () => this.arrange(name) })
    this.orders = { number: choice("number"), effect: choice("effect") }
    const orders = make(
      "div",
      { className: "order", role: "group", "aria-label": words.order },
      words.order,
      ...Object.values(this.orders),
    )
    return make("div", { className: "top" }, make("b", { textContent: words.lead }), orders)
  }

  legend(words) {
    const entry = name => make("span", {}, make("i", { className: name }), words[`legend_${name}`])
    const entries = ["own", "paper", "trained", "beyond"].map(entry)
    return make("p", { className: "legend" }, ...entries, words.reset_help)
  }

  // Shows what Python says; the pose set is taken over only for another digit, or where Python went back to an older.
  update(data) {
    const other = data.subject !== this.data.subject || !this.own
    const older = data.version !== this.data.version
    if (other || older) this.stop()
    this.data = data
    this.picture.update(data)
    if (other) this.begin()
    if (other || older) this.take(data.pose)
    else this.draw() // perhaps in other colours
  }

  begin() {
    const { data } = this
    const { own, low, high, trained_low, trained_high } = data
    this.own = Float32Array.from(own)
    this.picture.begin(data.decoder.decode(data.capsule, this.own).slice())
    this.numbers.forEach((number, d) => {
      const limits = { low: low[d], high: high[d], trained_low: trained_low[d], trained_high: trained_high[d] }
      number.span({ ...data, ...limits, own: own[d] })
    })
    this.idle.later(this, "effects", this.measure())
  }

  take(pose) {
    this.pose.set(pose)
    this.reported = String(Array.from(this.pose))
    this.showAll()
    this.refreshStrips()
  }

  // Shows the pose of the longest capsule of what is being drawn; without a reading, its own again.
  follow(reading) {
    if (!reading) return this.showAll()
    if (reading.blank) return
    this.stop()
    const { winner, poses } = reading
    const count = this.numbers.length
    const pose = poses.subarray(winner * count, (winner + 1) * count)
    this.picture.show(this.data.decoder.decode(winner, pose), this.data.colours)
    this.numbers.forEach((number, d) => number.show(pose[d]))
  }

  // The picture first: everything else may come a moment later.
  draw() {
    this.picture.show(this.data.decoder.decode(this.data.capsule, this.pose), this.data.colours)
  }

  showAll() {
    this.draw()
    this.numbers.forEach((number, d) => number.show(this.pose[d]))
    this.showLength()
  }

  showLength() {
    const squares = this.pose.reduce((sum, value) => sum + value * value, 0)
    this.picture.showLength(Math.sqrt(squares))
    this.numbers.forEach((number, d) => number.limit(squares - this.pose[d] * this.pose[d]))
  }

  actions(d) {
    return {
      press: () => {
        this.rest()
        this.pressed.set(this.pose)
        this.idle.touch()
      },
      input: value => this.turn(d, value),
      release: () => this.release(d),
      cancel: () => {
        this.pose.set(this.pressed)
        this.showAll()
        this.refreshStrips()
      },
      reset: () => {
        this.rest()
        this.turn(d, this.own[d])
        this.release(d)
      },
      play: () => this.toggle(d),
    }
  }

  turn(d, value) {
    this.idle.touch()
    this.pose[d] = value
    this.draw()
    this.numbers[d].show(value)
    this.showLength()
  }

  // The one word to the server, and only where something has changed.
  release(turned) {
    const pose = Array.from(this.pose)
    if (String(pose) === this.reported) return
    this.reported = String(pose)
    this.data.send("released", { subject: this.data.subject, pose })
    this.refreshStrips(turned)
  }

  choose(pose) {
    this.rest()
    this.pose.set(pose)
    this.showAll()
    this.release()
  }

  toggle(d) {
    const started = this.playing !== d
    this.rest()
    if (!started) return
    const { paper } = this.data
    this.playing = d
    this.ending = swing((this.pose[d] - this.own[d]) / paper, share => this.turn(d, this.own[d] + paper * share))
    showPlaying(this.numbers[d].play, true)
  }

  // Ends what plays; the pose that it stopped at counts as set.
  rest() {
    const d = this.playing
    this.stop()
    if (d !== undefined) this.release(d)
  }

  stop() {
    if (this.playing === undefined) return
    this.ending()
    showPlaying(this.numbers[this.playing].play, false)
    this.playing = undefined
  }

  // How much each number changes the picture, one after the other; then the order is known.
  *measure() {
    const { decoder, capsule, paper } = this.data
    const effects = []
    for (let d = 0; d < this.own.length; d++) {
      effects.push(effectOf(pose => decoder.decode(capsule, pose), this.own, d, paper))
      yield
    }
    const largest = Math.max(...effects)
    this.numbers.forEach((number, d) => number.effect(effects[d], effects[d] / largest))
    this.arrange(this.instrument.order)
  }

  // By "effect" or by "number"; other labs begin with the order chosen last.
  arrange(order) {
    this.instrument.order = order
    for (const [name, button] of Object.entries(this.orders)) button.setAttribute("aria-pressed", name === order)
    const elements = this.sorted().map(number => number.element)
    if (elements.some((element, k) => element !== this.sliders.children[k])) this.sliders.replaceChildren(...elements)
    this.sliders.style.setProperty("--rows", Math.ceil(elements.length / 2))
  }

  sorted() {
    const strength = number => (this.instrument.order === "effect" ? (number.strength ?? 0) : 0)
    return [...this.numbers].sort((a, b) => strength(b) - strength(a))
  }

  // A strip holds the other numbers as they are now, so its own turning leaves it as it is.
  refreshStrips(turned) {
    this.idle.later(this, "strips", this.strips(turned))
  }

  *strips(turned) {
    const { data } = this
    const pose = this.pose.slice()
    for (const { index, film } of this.sorted()) {
      const value = pose[index]
      const decode = at => {
        pose[index] = at
        return data.decoder.decode(data.capsule, pose)
      }
      if (index !== turned) yield* film.pictureStrip(decode)
      pose[index] = value
    }
  }

  end() {
    this.stop()
    this.idle.drop(this)
  }
}
