import { fill, make } from "../shared/dom.js"
import { PLACES, neighbour, swapped, turned } from "./quarters.js"

const FAR = 6 // pixels that a pointer goes before it drags

// Four quarters over a picture: each is dragged onto another to be swapped with it, and turned by a tap; arrow keys
// swap, Enter and R turn.
export class PartsBoard {
  // `words`; `act` is called with the arrangement that follows.
  constructor(words, act) {
    this.act = act
    this.cells = PLACES.map(place => this.cell(place, words))
    this.element = make("div", { className: "board", role: "group", "aria-label": words.board }, ...this.cells)
  }

  // `quarters` as in quarters.js; `picture`: the canvas below.
  update(quarters, words, picture) {
    this.quarters = quarters
    this.picture = picture
    this.cells.forEach((cell, place) => {
      const [part, turns] = quarters[place]
      const values = { place: words[`place_${place}`], part: words[`place_${part}`], degrees: 90 * turns }
      cell.setAttribute("aria-label", fill(words.quarter, values))
    })
  }

  cell(place, words) {
    const cell = make("button", { type: "button", title: words.quarter_hint, "data-name": `quarter-${place}` })
    cell.onkeydown = event => this.press(event, place)
    cell.onpointerdown = event => this.grab(event, place, cell)
    cell.onclick = event => event.detail === 0 && this.act(turned(this.quarters, place)) // a key; pointers see below
    return cell
  }

  press(event, place) {
    const beside = neighbour(place, event.key)
    if (beside !== null) {
      this.act(swapped(this.quarters, place, beside))
      this.cells[beside].focus()
    } else if (event.key.toLowerCase() === "r") this.act(turned(this.quarters, place))
    else return
    event.preventDefault()
  }

  grab(event, place, cell) {
    if (event.button) return
    cell.setPointerCapture(event.pointerId)
    const from = [event.clientX, event.clientY]
    let carried = null
    cell.onpointermove = moved => {
      const by = [moved.clientX - from[0], moved.clientY - from[1]]
      if (!carried && Math.hypot(...by) < FAR) return
      carried ??= this.lift(place, cell)
      carried.style.translate = `${by[0]}px ${by[1]}px`
      this.mark(this.under(moved))
    }
    cell.onpointerup = cell.onpointercancel = ended => {
      cell.onpointermove = cell.onpointerup = cell.onpointercancel = null
      carried?.remove()
      this.mark(null)
      const to = this.under(ended)
      if (ended.type === "pointercancel") return
      if (!carried) this.act(turned(this.quarters, place))
      else if (to !== null && to !== place) this.act(swapped(this.quarters, place, to))
    }
  }

  // A quarter's pixels on their way.
  lift(place, cell) {
    const half = this.picture.width / 2
    const carried = make("canvas", { className: "carried", width: half, height: half })
    carried.getContext("2d").drawImage(this.picture, -half * (place & 1), -half * (place >> 1))
    Object.assign(carried.style, { left: `${cell.offsetLeft}px`, top: `${cell.offsetTop}px`, width: `${cell.offsetWidth}px` })
    this.element.append(carried)
    return carried
  }

  under({ clientX, clientY }) {
    const found = this.cells.findIndex(cell => {
      const { left, right, top, bottom } = cell.getBoundingClientRect()
      return left <= clientX && clientX < right && top <= clientY && clientY < bottom
    })
    return found < 0 ? null : found
  }

  mark(place) {
    this.cells.forEach((cell, at) => cell.classList.toggle("under", at === place))
  }
}
