import { fill, make } from "../shared/dom.js"
import { isIteration } from "./player.js"

const NORMAL = 1
const SLOW = 3
const STEPS = { ArrowLeft: -1, ArrowDown: -1, PageDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 1 }

// Buttons that play, pause and step, and a slider over all frames; all in `elements`. Arrow keys on the slider go from
// iteration to iteration. Screen readers are told what each iteration comes to.
export class Controls {
  // `data`: { frames, words, spoken }.
  constructor(data, player) {
    Object.assign(this, data, { player })
    const { words, frames } = this
    this.play = button("play", () => this.playOrPause(NORMAL))
    this.slowly = button("slowly", () => this.playOrPause(SLOW))
    this.back = button("back", () => this.step(-1), words.back)
    this.on = button("on", () => this.step(1), words.on)
    this.slider = this.makeSlider()
    this.said = make("span", { className: "said", role: "status" })
    const track = make("div", { className: "track" }, this.slider, numbers(frames))
    const buttons = make("div", { className: "buttons" }, this.play, this.slowly)
    const iterations = make("div", { className: "iterations" }, this.back, track, this.on)
    this.elements = frames.length > 1 ? [buttons, iterations, this.said] : [] // one is no play
  }

  makeSlider() {
    const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": this.words.slider })
    slider.max = this.frames.length - 1
    slider.oninput = () => this.player.goTo(Number(slider.value))
    slider.onchange = () => this.player.rested()
    slider.onkeydown = event => {
      if (!(event.key in STEPS)) return
      event.preventDefault()
      this.player.step(STEPS[event.key])
    }
    return slider
  }

  playOrPause(slowness) {
    if (this.player.slowness === slowness) this.player.pause()
    else this.player.play(slowness)
  }

  step(direction) {
    this.player.step(direction)
    this.said.textContent = this.text()
  }

  // What stands at the player's frame, in words.
  text() {
    const { iteration, frame } = this.player
    if (isIteration(frame)) return this.spoken[iteration - 1]
    return fill(this.words.between, { step: iteration, next: iteration + 1 })
  }

  // Shows where the player stands.
  update() {
    const { player, words } = this
    const pausing = slowness => player.slowness === slowness
    name(this.play, pausing(NORMAL) ? words.pause : words.play)
    name(this.slowly, pausing(SLOW) ? words.pause : words.slowly, pausing(SLOW) ? words.pause : words.play_slowly)
    this.play.classList.toggle("playing", pausing(NORMAL))
    this.slowly.classList.toggle("playing", pausing(SLOW))
    this.slider.value = player.position
    this.slider.setAttribute("aria-valuetext", this.text())
    this.back.setAttribute("aria-disabled", player.position === 0) // not `disabled`, which would lose the focus
    this.on.setAttribute("aria-disabled", player.position === this.frames.length - 1)
    if (player.slowness && isIteration(player.frame)) this.said.textContent = this.text()
  }
}

function button(className, onclick, label = "") {
  const made = make("button", { type: "button", className, onclick }, make("i", { "aria-hidden": true }), make("span"))
  const silent = className === "back" || className === "on" // these show a sign only
  name(made, silent ? "" : label, label)
  return made
}

// What is written on a button, and what it is called where that is more.
function name(button, words, label = words) {
  button.lastChild.textContent = words
  button.setAttribute("aria-label", label)
}

// The iterations' numbers, each below its place on the slider.
function numbers(frames) {
  const row = make("div", { className: "numbers", "aria-hidden": true })
  frames.forEach((frame, position) => {
    if (!isIteration(frame)) return
    const number = make("span", { textContent: frame })
    number.style.setProperty("--share", position / (frames.length - 1))
    row.append(number)
  })
  return row
}
