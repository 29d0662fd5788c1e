import { put, shape } from "../shared/svg.js"
import { mix } from "./moments.js"

// A map of one digit's couplings, place by place: the whole of a cell is all that the place says, and as much of it is
// filled as goes to this digit. All maps have this scale. Large ones fill by area, small ones, alike from afar, by shade.
export class CouplingMap {
  // `box`: { x, y, side }.
  constructor({ sizes, classes }, j, { x, y, side }, large) {
    const { places, columns, J } = sizes
    Object.assign(this, { j, large, places, J })
    this.step = side / Math.max(columns, places / columns)
    this.centre = p => [x + ((p % columns) + 0.5) * this.step, y + (Math.floor(p / columns) + 0.5) * this.step]
    this.room = large ? this.step - 1.5 : this.step
    this.cells = Array.from({ length: places }, () => shape("rect", { class: "share" }))
    this.ghosts = large ? Array.from({ length: places }, () => shape("rect", { class: "ghost" })) : []
    const height = (places / columns) * this.step
    const ground = shape("rect", { x, y, width: columns * this.step, height, class: "ground" })
    this.element = shape("g", { class: "map" }, ground, ...this.frames(large), ...this.cells, ...this.ghosts)
  }

  frames(large) {
    if (!large) return []
    return this.cells.map((_, p) => shape("rect", { class: "cell", ...this.square(p, this.room) }))
  }

  square(p, size) {
    const [x, y] = this.centre(p)
    return { x: x - size / 2, y: y - size / 2, width: size, height: size }
  }

  // The share of place p that goes to the digit after iteration r, from 0; nothing before the first.
  share({ shares }, r, p) {
    return r < 0 ? 0 : shares[(r * this.J + this.j) * this.places + p]
  }

  show(found, { r, split, agreed }) {
    const next = r + 1 < found.sizes.R && agreed > 0 ? agreed : 0
    this.cells.forEach((cell, p) => {
      const share = mix(this.share(found, r - 1, p), this.share(found, r, p), split)
      if (!this.large) return put(cell, { ...this.square(p, this.room), "fill-opacity": share })
      put(cell, this.square(p, this.room * Math.sqrt(share)))
    })
    // Who agrees will give more: what the next iteration will fill, seen before it does.
    this.ghosts.forEach((ghost, p) => {
      const [now, then] = [this.share(found, r, p), next ? this.share(found, r + 1, p) : 0]
      const grows = next && then - now > 0.01
      put(ghost, { ...this.square(p, this.room * Math.sqrt(grows ? mix(now, then, next) : 0)), opacity: grows ? 1 : 0 })
    })
  }
}
