import { put, shape } from "../shared/svg.js"
import { mix } from "./moments.js"

// How the capsule followed splits its output, which is 1: a band to each digit, as wide as its coupling, from the place in
// the picture; on a narrow page one bar.
export class Split {
  constructor(found, layout, colours) {
    Object.assign(this, { found, layout, colours })
    const { J } = found.sizes
    this.bands = Array.from({ length: J }, (_, j) => shape(layout.narrow ? "rect" : "path", { class: `band ${colours[j]}` }))
    this.shares = Array.from({ length: J }, (_, j) => shape("text", { class: `percent ${colours[j]}` }))
    this.lead = ["follow-rim", "follow"].map(name => shape("path", { class: name }))
    this.bar = shape("rect", { class: "whole" })
    const parts = layout.narrow ? [this.bar] : [...this.lead, this.bar]
    this.element = shape("g", { class: "split" }, ...this.bands, ...parts, ...this.shares)
  }

  // c_ij of the capsule followed.
  coupling(r, i, j) {
    const { I, J } = this.found.sizes
    return r < 0 ? 0 : this.found.couplings[(r * I + i) * J + j]
  }

  show({ r, split }, followed, [cx, cy]) {
    const shares = this.bands.map((_, j) => mix(this.coupling(r - 1, followed, j), this.coupling(r, followed, j), split))
    if (this.layout.narrow) this.showBar(shares)
    else this.showBands(shares, cx, cy)
  }

  showBands(shares, cx, cy) {
    const { x, end, thickness } = this.layout.split
    const { lanes } = this.layout
    const top = Math.max(lanes[0].y, cy - thickness / 2)
    const start = x + 10
    const middle = (start + end) / 2
    put(this.bar, { x, y: top, width: 10, height: thickness })
    const lead = `M${cx + 12},${cy}C${(cx + x) / 2 + 20},${cy} ${x - 24},${top + thickness / 2} ${x},${top + thickness / 2}`
    for (const line of this.lead) put(line, { d: lead })
    let from = top
    shares.forEach((share, j) => {
      const width = share * thickness
      const [a, b] = [from + width / 2, lanes[j].y + lanes[j].height / 2]
      put(this.bands[j], {
        d: `M${start},${a.toFixed(2)}C${middle},${a.toFixed(2)} ${middle},${b} ${end},${b}`,
        "stroke-width": Math.max(0.6, width),
      })
      from += width
      if (!lanes[j].tall) return
      const y = b > a ? b + width / 2 + 16 : b - width / 2 - 7
      put(this.shares[j], { x: end - 4, y, "text-anchor": "end", text: percent(share) })
    })
  }

  showBar(shares) {
    const { x, y, width } = this.layout.split
    const { classes } = this.found
    let from = x
    shares.forEach((share, j) => {
      const wide = share * width
      put(this.bands[j], { x: from, y, width: Math.max(0, wide - 1), height: 26 })
      const text = wide > 44 ? `${classes[j]}: ${percent(share)}` : ""
      put(this.shares[j], { x: from + wide / 2, y: y + 18, "text-anchor": "middle", text })
      from += wide
    })
    put(this.bar, { x, y, width, height: 26 })
  }
}

export const percent = share => `${(100 * share).toFixed(0)}%`
