import { put, shape } from "./svg.js"

// Curves over the angle as SVG that fills its box: lines keep their width, dots stay round.

const HIGH = 100 // of the box, in its own units; it is as many wide as there are degrees

// Curves of values between `low` and `high` over `angles`, and a line at the angle that is looked at.
export class Curves {
  constructor(angles, low, high) {
    this.angles = angles
    this.low = low
    this.high = high
    const viewBox = `0 0 ${angles.at(-1) - angles[0]} ${HIGH}`
    this.element = shape("svg", { viewBox, preserveAspectRatio: "none", "aria-hidden": true })
    this.pointer = shape("path", { class: "pointer" })
    this.dot = shape("path", { class: "dot here" })
  }

  // curves: [{ values [A], kind, dots }]: NaN where nothing is known; `kind` is a class, and `dots` marks the readings.
  // `levels`: [{ value, kind }], lines across. `band`: the angles from and to which there is a ground, or null.
  draw(curves, levels = [], band = null) {
    const across = levels.map(({ value, kind }) =>
      shape("path", { class: `level ${kind}`, d: `M 0 ${this.y(value)} H ${this.x(this.angles.at(-1))}` }),
    )
    const ground = band ? [this.ground(band)] : []
    const lines = curves.map(({ values, kind }) => shape("path", { class: `curve ${kind}`, d: this.line(values) }))
    const marks = curves.filter(({ dots }) => dots).map(({ values, kind }) => this.dots(values, kind))
    this.element.replaceChildren(...ground, ...across, ...lines, ...marks, this.pointer, this.dot)
  }

  // Shows the angle that is looked at, and the value there.
  point(angle, value) {
    put(this.pointer, { d: `M ${this.x(angle)} 0 V ${HIGH}` })
    put(this.dot, { d: Number.isFinite(value) ? this.spot(angle, value) : "" })
  }

  ground([from, to]) {
    return shape("rect", { class: "ground", x: this.x(from), width: to - from, y: 0, height: HIGH })
  }

  line(values) {
    const known = this.known(values)
    return known.map(([angle, value], at) => `${at ? "L" : "M"} ${this.x(angle)} ${this.y(value)}`).join(" ")
  }

  dots(values, kind) {
    const d = this.known(values).map(([angle, value]) => this.spot(angle, value))
    return shape("path", { class: `dot ${kind}`, d: d.join(" ") })
  }

  // A line next to no length: its round ends are a dot, however the box is drawn out. (Of a line without any length WebKit
  // draws out the ends with the box.)
  spot(angle, value) {
    return `M ${this.x(angle)} ${this.y(value)} h 0.01`
  }

  known(values) {
    return this.angles.map((angle, at) => [angle, values[at]]).filter(([, value]) => Number.isFinite(value))
  }

  x(angle) {
    return angle - this.angles[0]
  }

  y(value) {
    return Number((HIGH * (1 - (value - this.low) / (this.high - this.low))).toFixed(2))
  }
}
