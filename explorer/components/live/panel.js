import { fill, make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { FAST_ENOUGH } from "./live.js"
import { Overlay } from "./overlay.js"

// What the digit panel shows of live reading: the lengths of all capsules as meters, the switch, and, over what the
// server said, the picture and the answer of the moment.
export class Panel {
  // `choose(on)` is called when a person turns the switch.
  constructor(root, choose) {
    this.root = root
    this.meters = root.querySelector(".meters")
    this.switch = root.querySelector("input")
    this.state = root.querySelector(".state")
    this.foot = root.querySelector(".foot")
    this.switch.onchange = () => choose(this.switch.checked)
    this.picture = new Overlay("normalised", make("canvas"))
    this.answer = new Overlay("prediction", make("div", {}, make("strong"), make("p")))
  }

  // `data`, as the server has read: { classes, lengths, winner, side, words, files }; without files nothing runs here.
  show(data, live) {
    const { classes, words } = data
    const text = JSON.stringify([classes, words])
    if (text !== this.text) this.write(classes, words)
    this.text = text
    const { reading } = live
    this.measure(reading ? (reading.lengths ?? classes.map(() => 0)) : data.lengths, (reading ?? data).winner)
    this.control(live, words, Boolean(data.files))
    this.cover(reading, data)
  }

  write(classes, words) {
    this.meters.setAttribute("aria-label", words.meters)
    this.meters.replaceChildren(...classes.map(name => meter(name, fill(words.meter, { name }))))
    this.root.querySelector(".switch span").textContent = words.switch
  }

  measure(lengths, winner) {
    ;[...this.meters.children].forEach((meter, j) => {
      meter.setAttribute("aria-valuenow", lengths[j].toFixed(3))
      meter.style.setProperty("--length", Math.max(0, Math.min(1, lengths[j])))
      meter.classList.toggle("winner", j === winner)
    })
  }

  control({ state, on }, words, runs) {
    this.foot.hidden = !runs
    this.switch.checked = on
    this.switch.disabled = state.name !== "ready"
    this.root.classList.toggle("loading", state.name === "loading")
    this.root.style.setProperty("--share", state.share ?? 1)
    const slow = state.speed >= FAST_ENOUGH
    const said = state.name === "failed" ? words.failed : slow && !on ? fill(words.slow, state) : ""
    if (this.state.textContent !== said) this.state.textContent = said
  }

  cover(reading, { classes, side, words }) {
    for (const overlay of [this.picture, this.answer]) overlay.show(Boolean(reading))
    if (!reading) return
    new Pictures(this.picture.element, side).grey(reading.image ?? new Float32Array(side * side))
    const [title, said] = this.answer.element.children
    if (reading.blank) {
      title.textContent = words.draw
      said.textContent = words.draw_hint
    } else {
      title.textContent = (reading.doubt === "none" ? "" : "? ") + classes[reading.winner]
      said.textContent = fill(words[reading.doubt] ?? words.sure, saidOf(reading, classes))
    }
  }

  end() {
    this.picture.end()
    this.answer.end()
  }
}

function meter(name, label) {
  const text = make("span", { textContent: name, "aria-hidden": true })
  const bar = make("i", { "aria-hidden": true })
  const properties = { role: "meter", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 1 }
  return make("div", properties, bar, text)
}

const saidOf = ({ lengths, winner, rival }, classes) => ({
  guess: classes[winner],
  length: lengths[winner],
  rival: classes[rival],
  rival_length: lengths[rival],
})
