import { make } from "../shared/dom.js"
import { fitted, put, shape } from "../shared/svg.js"
import { walkable } from "../shared/walk.js"
import { barsPath } from "./paths.js"
import { place } from "./place.js"

export const MARKS = [0.1, 0.9] // what training asks of the lengths of absent and of present digits

// The digit capsules, a row each: name, the numbers of the vector, its length.
export class DigitRows {
  // `group`: of an SVG, drawn into; `on`: pointDigit(j), focus(j).
  constructor(group, on) {
    this.on = on
    this.rows = shape("g")
    this.marks = shape("g", { class: "marks" })
    group.append(this.rows, this.marks)
    this.element = make("div", { className: "rows", role: "group" })
  }

  layOut({ rows, strip, rem }, { classes, words }) {
    this.at = columnsOfRow(rows, strip, rem, classes)
    this.element.hidden = strip
    this.element.setAttribute("aria-label", words.rows)
    place(this.element, rows)
    const buttons = classes.map((_, j) => this.element.children[j] ?? this.button(j))
    this.element.style.setProperty("--count", classes.length)
    this.element.replaceChildren(...buttons)
    const { length, lengthWidth, end } = this.at
    const lines = fitted(this.marks, strip ? 0 : 2 * MARKS.length, n => shape(n % 2 ? "text" : "line"))
    lines.forEach((line, n) => {
      const x = length + lengthWidth * MARKS[n >> 1]
      if (n % 2 === 0) return put(line, { x1: x, x2: x, y1: rows.y, y2: end })
      put(line, { x, y: end + 0.85 * rem, "text-anchor": "middle" })
      line.textContent = String(MARKS[n >> 1])
    })
  }

  button(j) {
    const events = { onpointerenter: () => this.on.pointDigit(j), onpointerleave: () => this.on.pointDigit(null) }
    const keys = { onfocus: () => this.on.pointDigit(j), onblur: () => this.on.pointDigit(null) }
    return make("button", { type: "button", className: "mark", ...events, ...keys, onclick: () => this.on.focus(j) })
  }

  show(view) {
    const { shown, classes, focus, said } = view
    const D = view.config.digit_pose
    fitted(this.rows, classes.length, () => row()).forEach((element, j) => {
      const pose = shown.poses.subarray(j * D, (j + 1) * D)
      this.drawRow(element, { name: classes[j], pose, length: shown.lengths[j], role: roleOf(j, view), j })
    })
    ;[...this.element.children].forEach((button, j) => {
      button.setAttribute("aria-label", said.rows[j])
      button.setAttribute("aria-pressed", j === focus)
    })
    if (!this.element.hidden) walkable(this.element, [...this.element.children], focus)
  }

  drawRow(element, { name, pose, length, role, j }) {
    const [title, vector, track, bar, number] = element.children
    const { left, vectorX, vector: space, length: x, lengthWidth, numberX, row, strip } = this.at
    const y = this.middle(j)
    const step = space / pose.length
    const thick = Math.min(0.55 * row, 12)
    put(element, { class: `row ${role}` })
    const said = strip && role === "other" ? "" : name
    put(title, { x: left, y: y + 0.35 * this.at.font, "font-size": this.at.font })
    if (title.textContent !== said) title.textContent = said
    put(vector, { d: strip ? "" : barsPath(pose, vectorX, step, y, 1.6 * row, row / 2), "stroke-width": Math.max(1, step * 0.7) })
    put(track, { x, y: y - thick / 2, width: lengthWidth, height: thick })
    put(bar, { x, y: y - thick / 2, width: Math.max(0.5, lengthWidth * length), height: thick })
    put(number, { x: numberX, y: y + 0.35 * this.at.font, "font-size": this.at.font, "text-anchor": "end" })
    number.textContent = strip ? "" : length.toFixed(2)
  }

  // The height at which a digit capsule's row is.
  middle(j) {
    return this.at.y + (j + 0.5) * this.at.row
  }
}

export const roleOf = (j, { focus, rival }) => (j === focus ? "focus" : j === rival ? "rival" : "other")

function row() {
  const parts = [shape("text"), shape("path", { class: "vector" }), shape("rect", { class: "track" }), shape("rect", { class: "bar" })]
  return shape("g", {}, ...parts, shape("text", { class: "number" }))
}

// Where the parts of a row stand, from left to right.
function columnsOfRow({ x, y, width, row }, strip, rem, classes) {
  const long = Math.max(...classes.map(name => name.length)) > 2
  const font = strip ? 0.8125 * rem : Math.min(1.05 * rem, Math.max(0.8125 * rem, 0.7 * row))
  const name = (long ? (strip ? 2.6 : 4.6) : 1.2) * rem
  const number = strip ? 0 : 2.3 * rem
  const left = x + (strip ? 2 : 4)
  const rest = x + width - left - name - number
  const vector = strip ? 0 : rest * (long ? 0.5 : 0.62)
  const vectorX = left + name
  const length = vectorX + vector + (strip ? 0 : 0.6 * rem)
  return {
    left, font, y, row, strip, vectorX, length,
    vector,
    lengthWidth: x + width - number - length - (strip ? 2 : 4),
    numberX: x + width,
    end: y + row * classes.length,
  }
}
