import { fill, make, signed } from "../shared/dom.js"
import { PHASES } from "./moments.js"
import { printed } from "./lanes.js"
import { SLOWLY } from "./player.js"
import { percent } from "./split.js"

const SYMBOLS = { c: "c", s: "|s|", v: "|v|", b: "û·v" }

// The number that a line of the algorithm gives for digit j in iteration r, from 0; those of c and b are of the primary
// capsule that is followed. `tell` gives words for it: the formula with its numbers put in.
function saidNumber(found, phase, r, j, followed) {
  const { I, J } = found.sizes
  const n = (r * I + followed) * J + j
  const sums = printed(found.forward[r * J + j], found.back[r * J + j])
  if (phase === "c") return percent(found.couplings[n])
  if (phase === "s") return sums.sum
  if (phase === "v") return found.lengths[r * J + j].toFixed(2)
  return signed(found.agreements[n], 2)
}

// The formula of a line with its numbers put in.
export function explained(found, phase, r, j, followed, words) {
  const { I, J } = found.sizes
  const value = saidNumber(found, phase, r, j, followed)
  const name = found.classes[j]
  const sums = printed(found.forward[r * J + j], found.back[r * J + j])
  if (phase === "s") return fill(words.tip_s, { name, ...sums })
  if (phase === "v") return fill(words.tip_v, { name, sum: sums.sum, value })
  const logit = at => {
    let b = 0
    for (let before = 0; before < at; before++) b += found.agreements[(before * I + followed) * J + j]
    return b
  }
  if (phase === "c") {
    const beta = found.beta === 1 ? "" : `${found.beta} · `
    let whole = 0
    for (let k = 0; k < J; k++) {
      let b = 0
      for (let before = 0; before < r; before++) b += found.agreements[(before * I + followed) * J + k]
      whole += Math.exp(found.beta * b)
    }
    return fill(words.tip_c, { name, exponent: beta + logit(r).toFixed(2), whole: whole.toFixed(2), value })
  }
  return fill(words.tip_b, { name, before: logit(r).toFixed(2), value, after: logit(r + 1).toFixed(2) })
}

// The player: a button, a dot for each iteration, and the four lines of the algorithm, lit as they run.
export class Cells {
  // `act`: { toggle(), slowly(), more(), seek(moment) }; words are the race's.
  constructor(words, act) {
    this.words = words
    this.act = act
    this.play = make("button", { type: "button", className: "play", onclick: act.toggle })
    this.slowly = make("button", { type: "button", className: "slowly", textContent: words.slowly, onclick: act.slowly })
    this.slowly.tip = () => fill(words.tip_slowly, { times: SLOWLY })
    this.dots = make("div", { className: "dots", role: "group", "aria-label": words.iteration })
    this.more = make("button", { type: "button", className: "more", textContent: "+1", "aria-label": words.one_more })
    this.more.onclick = act.more
    this.more.tip = () => this.tipOfMore()
    this.cells = PHASES.map((phase, k) => this.cell(phase, k))
    this.element = make("div", { className: "player" }, this.control(), ...this.cells)
  }

  control() {
    const pace = make("div", { className: "pace" }, this.play, this.slowly)
    return make("div", { className: "control" }, pace, make("div", { className: "iterations" }, this.dots, this.more))
  }

  tipOfMore() {
    const { sizes, trained } = this.found
    return fill(sizes.R < trained ? this.words.one_more : this.words.tip_one_more, { trained })
  }

  cell(phase, k) {
    const formula = make("b", { className: "formula" })
    const said = make("span", { className: "said", textContent: this.words[`line_${phase}`] })
    const numbers = make("span", { className: "numbers" })
    const cell = make("button", { type: "button", className: "cell" }, formula, said, numbers)
    cell.onclick = () => this.act.seek(4 * this.r + k)
    return cell
  }

  // Another digit, or others looked at.
  begin(found, { focus, rival }) {
    const { R } = found.sizes
    Object.assign(this, { found, pair: [focus, rival] })
    if (this.dots.children.length !== R) this.dots.replaceChildren(...Array.from({ length: R }, (_, r) => this.dot(r)))
    this.more.hidden = !(R < found.most)
    this.cells.forEach((cell, k) => {
      const [formula, , numbers] = cell.children
      formula.textContent = fill(this.words[`formula_${PHASES[k]}`], { b: found.beta === 1 ? "b" : `${found.beta} b` })
      numbers.replaceChildren(...this.pair.map((_, at) => make("span", { className: at ? "rival" : "focus" })))
    })
  }

  dot(r) {
    const name = fill(this.words.to_iteration, { iteration: r + 1 })
    const dot = make("button", { type: "button", textContent: r + 1, "aria-label": name })
    dot.onclick = () => this.act.seek(4 * r + 2)
    return dot
  }

  show(state, followed, { isPlaying, isSlow }) {
    const name = isPlaying ? this.words.pause : this.words.play
    this.r = state.r
    if (this.play.textContent !== name) this.play.textContent = name
    this.play.classList.toggle("playing", isPlaying)
    setPressed(this.slowly, isSlow)
    ;[...this.dots.children].forEach((dot, r) => setCurrent(dot, r === state.r, "step"))
    this.cells.forEach((cell, k) => {
      setCurrent(cell, k === state.phase, "step")
      const r = state.known(k)
      cell.classList.toggle("old", r !== state.r)
      this.pair.forEach((j, at) => {
        const number = cell.children[2].children[at]
        const text = r < 0 ? "–" : saidNumber(this.found, PHASES[k], r, j, followed)
        const said = `${at ? "" : `${SYMBOLS[PHASES[k]]} `}${this.found.classes[j]}: ${text}`
        if (number.textContent !== said) number.textContent = said
        number.tip = () => (r < 0 ? "" : explained(this.found, PHASES[k], r, j, followed, this.words))
      })
    })
  }
}

function setPressed(element, pressed) {
  if (element.getAttribute("aria-pressed") !== String(pressed)) element.setAttribute("aria-pressed", pressed)
}

function setCurrent(element, current, value) {
  if (current !== (element.getAttribute("aria-current") === value))
    current ? element.setAttribute("aria-current", value) : element.removeAttribute("aria-current")
}
