import { placesOf } from "./pull.js"
import { put, shape } from "../shared/svg.js"
import { mix } from "./moments.js"

const LEAST = 1.6

// The digit, with a mark at the centre of what each place sees: filled where the place pulls the digit looked at forward,
// hollow where it pulls back; and the patch that the capsule followed sees.
export class DigitPlaces {
  constructor(found, { x, y, side }, focus) {
    const { sizes } = found
    Object.assign(this, { found, focus, sizes, unit: side / sizes.side, x, y })
    this.sums = Array.from({ length: sizes.R }, (_, r) => placesOf(found, r, focus))
    this.most = Math.max(1e-9, ...this.sums.at(-1).map(Math.abs))
    this.largest = 0.52 * sizes.stride * this.unit // the strongest place's mark meets its neighbours'
    const box = { x, y, width: side, height: side }
    this.image = shape("image", { ...box, href: pictureOf(found.image, sizes.side), class: "ink" })
    this.patch = ["patch-rim", "patch"].map(name => shape("rect", { class: name }))
    this.rings = ["follow-rim", "follow"].map(name => shape("circle", { class: name, r: this.largest + 4 }))
    this.marks = Array.from({ length: sizes.places }, (_, p) => this.mark(p))
    const ground = shape("rect", { ...box, rx: 4, class: "night" })
    this.element = shape("g", { class: "digit", role: "listbox" }, ground, this.image, ...this.patch, ...this.marks, ...this.rings)
  }

  // The middle of what place p sees.
  centre(p) {
    const { columns, centre, stride } = this.sizes
    const pixel = n => (centre + stride * n + 0.5) * this.unit
    return [this.x + pixel(p % columns), this.y + pixel(Math.floor(p / columns))]
  }

  mark(p) {
    const [cx, cy] = this.centre(p)
    const dot = shape("circle", { cx, cy })
    const hit = shape("circle", { cx, cy, r: this.sizes.stride * this.unit * 0.5, class: "hit" })
    return shape("g", { class: "place", role: "option", tabindex: -1 }, hit, dot)
  }

  // The place whose middle is nearest to a point.
  nearest([px, py]) {
    const far = this.marks.map((_, p) => Math.hypot(this.centre(p)[0] - px, this.centre(p)[1] - py))
    return far.indexOf(Math.min(...far))
  }

  show({ r, summed }, followed) {
    this.marks.forEach((mark, p) => {
      const sum = mix(r > 0 ? this.sums[r - 1][p] : 0, this.sums[r][p], summed)
      const radius = Math.max(LEAST, this.largest * Math.sqrt(Math.min(1, Math.abs(sum) / this.most)))
      put(mark.lastChild, { r: radius, class: sum >= 0 ? "ahead" : "behind" })
    })
    const place = followed % this.sizes.places
    this.marks.forEach((mark, p) => put(mark, { "aria-selected": String(p === place) }))
    const [cx, cy] = this.centre(place)
    for (const ring of this.rings) put(ring, { cx, cy })
    const reach = this.sizes.patch * this.unit
    for (const rect of this.patch)
      put(rect, { x: cx - reach / 2, y: cy - reach / 2, width: reach, height: reach })
  }
}

// Ink, 0..1, as the address of a picture that leaves room for marks on it.
function pictureOf(image, side) {
  const canvas = document.createElement("canvas")
  Object.assign(canvas, { width: side, height: side })
  const context = canvas.getContext("2d")
  const pixels = context.createImageData(side, side)
  image.forEach((ink, p) => pixels.data.set([205 * ink, 205 * ink, 205 * ink, 255], 4 * p))
  context.putImageData(pixels, 0, 0)
  return canvas.toDataURL()
}
