import { fill, make } from "../shared/dom.js"
import { NETWORK, onMessage } from "../shared/messages.js"
import { askNetwork } from "../shared/ask_network.js"
import { Pictures } from "../shared/pictures.js"
import { pulled, strongestOf } from "./pull.js"
import { traced } from "./routed.js"

const HALF = 0.5 // the cosine of 60 degrees
const COUNTS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500]

// Takes the strongest primary capsules away, or those of a place, and has the network in the browser route again.
export class Silence {
  // `show(found)` is called with routing without them, or with null where none is silenced.
  constructor(words, show) {
    this.words = words
    this.show = show
    this.slider = make("input", { type: "range", min: 0, value: 0, step: 1 })
    this.slider.setAttribute("aria-label", words.silence)
    this.count = make("output", {})
    this.place = make("button", { type: "button", textContent: words.silence_place, "aria-pressed": "false" })
    this.said = make("p", { className: "outcome", role: "status" })
    this.canvas = make("canvas", { role: "img", "aria-label": words.decoder })
    this.absent = make("p", { className: "absent", textContent: words.silence_absent })
    const head = make("label", {}, make("span", { textContent: words.silence }), this.count)
    const row = make("div", { className: "row" }, this.slider, this.place)
    const tools = make("div", { className: "tools" }, head, row)
    const outcome = make("div", { className: "result" }, this.canvas, this.said)
    this.element = make("div", { className: "silence", hidden: true }, tools, outcome, this.absent)
    this.slider.oninput = () => this.choose(false)
    this.place.onclick = () => this.choose(this.place.getAttribute("aria-pressed") !== "true")
    this.asked = 0
    this.stop = onMessage(NETWORK, ({ ready }) => this.enable(ready))
    askNetwork({}).then(answer => this.enable(Boolean(answer)))
  }

  enable(ready) {
    this.element.hidden = false
    this.element.classList.toggle("off", !ready)
    this.slider.disabled = this.place.disabled = !ready
    if (ready) this.draw()
  }

  // Another digit, or another one looked at: nothing is silenced.
  begin(found, look) {
    Object.assign(this, { found, look })
    const { I } = found.sizes
    this.counts = [...COUNTS.filter(count => count < I), I]
    this.slider.max = this.counts.length - 1
    this.reset()
  }

  reset() {
    this.asked++
    this.slider.value = 0
    this.place.setAttribute("aria-pressed", "false")
    this.write(0)
    this.draw()
  }

  choose(place) {
    this.place.setAttribute("aria-pressed", String(place))
    if (place) this.slider.value = 0
    this.apply()
  }

  silenced() {
    const { I, places } = this.found.sizes
    if (this.place.getAttribute("aria-pressed") !== "true")
      return strongestOf(this.found, this.look.focus, this.counts[this.slider.value])
    return Array.from({ length: I }, (_, i) => i).filter(i => i % places === this.look.followed % places)
  }

  async apply() {
    const silenced = this.silenced()
    const asked = ++this.asked
    this.write(silenced.length)
    if (!silenced.length) {
      this.show(null)
      return this.draw()
    }
    const { image, sizes } = this.found
    const reading = await askNetwork({ image, iterations: sizes.R, silenced })
    if (asked !== this.asked || !reading?.trace) return
    const found = pulled(traced(reading, this.found))
    this.show(found)
    this.say(found)
    this.draw(found)
  }

  write(count) {
    const text = fill(this.words.silenced, { count, all: this.found.sizes.I.toLocaleString("en") })
    this.count.textContent = text
    this.slider.setAttribute("aria-valuetext", text)
    if (!count) this.said.textContent = fill(this.words.silence_ask, { name: this.found.classes[this.look.focus] })
  }

  say(found) {
    const { focus } = this.look
    const { classes, sizes } = found
    const length = found.lengths[(sizes.R - 1) * sizes.J + focus]
    const cosine = cosineOf(this.found.poses, found.poses, focus, sizes.D)
    const way = cosine === null ? "gone" : cosine < 0 ? "turned" : cosine < HALF ? "aside" : "same"
    this.said.textContent = fill(this.words[`silence_${way}`], { name: classes[focus], length, cosine: cosine ?? 0 })
  }

  // What the capsule looked at draws now.
  async draw(found = this.found) {
    if (!found || this.slider.disabled) return
    const { focus } = this.look
    const { D, side } = this.found.sizes
    const asked = this.asked
    const poses = [found.poses.slice(focus * D, (focus + 1) * D)]
    const pictures = await askNetwork({ decode: { capsule: focus, poses } })
    if (pictures && asked === this.asked) new Pictures(this.canvas, side).grey(pictures[0])
  }

  end() {
    this.stop()
  }
}

// The cosine between two poses of digit j, of [J, D]; null where one of them has no direction.
export function cosineOf(before, after, j, D) {
  let product = 0,
    one = 0,
    other = 0
  for (let d = j * D; d < (j + 1) * D; d++) {
    product += before[d] * after[d]
    one += before[d] ** 2
    other += after[d] ** 2
  }
  return one > 0 && other > 0 ? product / Math.sqrt(one * other) : null
}
