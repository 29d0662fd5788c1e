import { fitted, put, shape } from "../shared/svg.js"
import { roleOf } from "./digit_rows.js"
import { cellOf, frontCard, tileGroups } from "./geometry.js"
import { bandsOf, patchOf, placeOf, windowOf } from "./lineage.js"
import { bandPath, squaresPath } from "./paths.js"

const OF_ROW = 0.8 // how much of its row a digit capsule of length 1 takes up with its bands
const SHARE = 0.22 // how wide the band of a whole output is, in rows
const HEAT = 0.6 // how much of a pixel is covered that all capsules see that pull a digit capsule
const ORDER = ["other", "rival", "focus"] // what is drawn above what

// All that is drawn as lines above the chain's pictures: arrows, bands, what is followed, what lights.
export class Lines {
  constructor() {
    const group = name => shape("g", { class: name })
    this.arrows = shape("path", { class: "arrows" })
    this.bands = group("bands")
    this.followed = group("followed")
    this.squares = group("lit")
    this.heat = group("heat")
    this.rows = group("rows")
    this.joint = shape("path", { class: "joint" })
    this.element = shape("svg", { class: "lines", "aria-hidden": true }, this.arrows, this.bands, this.heat, this.followed, this.rows, this.joint, this.squares)
    const parts = ["patch", "window", "tile", "share", "square"]
    this.parts = Object.fromEntries(parts.map(name => [name, ["rim", "mark"].map(layer => shape("path", { class: `${layer} ${name}` }))]))
    this.shares = group("shares")
    this.followed.append(this.shares, ...Object.values(this.parts).flat())
    this.lit = ["forward", "back"].map(name => shape("path", { class: name }))
    this.squares.append(...this.lit)
  }

  layOut(width, height, at) {
    this.at = at
    put(this.element, { width, height, viewBox: `0 0 ${width} ${height}` })
    const arrow = (from, to) => (to - from < 8 ? "" : `M${from},${at.middle}H${to}m-5,-5l5,5l-5,5`)
    const right = box => box.x + box.width
    const d = arrow(right(at.input) + 2, at.deck.x - 2) + arrow(right(at.deck) + 2, at.primary.x - 3)
    put(this.arrows, { d: at.strip ? "" : d })
  }

  show(view, elbow, focused) {
    this.showBands(view)
    this.showFollowed(view)
    this.showLit(view)
    this.showHeat(view)
    const { rows, strip } = this.at
    const [start, end] = [rows.x + rows.width + 3, elbow.x - 3]
    const middle = (start + end) / 2
    const d = strip ? "" : `M${start},${focused}H${middle}V${elbow.y}H${end}m-5,-5l5,5l-5,5`
    put(this.joint, { d })
  }

  // From each row of tiles to each digit capsule; those that come to one capsule stand side by side, and are together as
  // wide as it is long.
  showBands(view) {
    const { shown, config } = view
    const { bands, rows, primary } = this.at
    const groups = tileGroups(config)
    const J = config.digit_capsules
    const widths = bandsOf(shown, groups, config)
    const unit = rows.row * OF_ROW
    const paths = []
    for (let j = 0; j < J; j++) {
      const forward = groups.reduce((sum, _, g) => sum + Math.max(0, widths[g * J + j]), 0)
      let at = rows.y + (j + 0.5) * rows.row - (forward * unit) / 2
      groups.forEach((_, g) => {
        const width = widths[g * J + j] * unit
        const y = primary.y + (g * (config.grid_size + 1) + config.grid_size / 2) * primary.cell
        const end = width > 0 ? at + width / 2 : rows.y + (j + 0.5) * rows.row
        at += Math.max(0, width)
        paths.push({ role: roleOf(j, view), d: bandPath(bands.x, y, bands.end, end), width })
      })
    }
    paths.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
    fitted(this.bands, paths.length, () => shape("path")).forEach((path, n) => {
      const { role, d, width } = paths[n]
      put(path, { d, class: width < 0 ? `${role} back` : role, "stroke-width": Math.max(0.4, Math.abs(width)).toFixed(2) })
    })
  }

  // The capsule that is pointed at, or else followed: what it sees, where it stands, and how it splits its output.
  showFollowed(view) {
    const { config, shown } = view
    const { input, deck, primary, bands, rows, strip } = this.at
    const i = view.pointed ?? view.followed
    const within = (box, { x, y, size }, unit) => squaresPath([[box.x + x * unit, box.y + y * unit]], size * unit)
    this.draw("patch", within(input, patchOf(i, config), input.width / config.image_size))
    const card = frontCard(deck)
    const front = { x: deck.x + card.x, y: deck.y + card.y }
    this.draw("window", within(front, windowOf(i, config), card.side / config.feature_size))
    const { cell } = primary
    const place = placeOf(i, config)
    const at = cellOf(place, config)
    const [x, y] = [primary.x + at.x * cell, primary.y + at.y * cell]
    const tile = cellOf({ ...place, row: 0, column: 0 }, config)
    this.draw("tile", squaresPath([[primary.x + tile.x * cell - 1.5, primary.y + tile.y * cell - 1.5]], config.grid_size * cell + 3))
    this.draw("square", squaresPath([[x - 1, y - 1]], cell + 2))
    const J = config.digit_capsules
    const shares = shown.couplings.subarray(i * J, (i + 1) * J)
    const [startX, startY] = [x + cell + 1, y + cell / 2]
    const path = j => `M${startX.toFixed(1)},${startY.toFixed(1)}L${bands.x.toFixed(1)},${startY.toFixed(1)}${bandPath(bands.x, startY, bands.end, rows.y + (j + 0.5) * rows.row).replace("M", "L")}`
    const widths = Array.from(shares, share => share * rows.row * SHARE)
    fitted(this.shares, J, () => shape("path")).forEach((element, j) => put(element, { d: j === view.focus ? "" : path(j), "stroke-width": widths[j].toFixed(2) }))
    const width = Math.max(strip ? 1.2 : 1.6, widths[view.focus])
    this.draw("share", path(view.focus), width)
  }

  // A yellow line with a dark rim.
  draw(name, d, width = 1.6) {
    const [rim, mark] = this.parts[name]
    put(rim, { d, "stroke-width": (width + 2).toFixed(2) })
    put(mark, { d, "stroke-width": width.toFixed(2) })
  }

  // Which parts of the input pull the digit capsule that is pointed at: each pixel is covered as much as those capsules
  // pull that see it.
  showHeat({ shares, config }) {
    const { x: left, y: top, width } = this.at.input
    const unit = width / config.image_size
    fitted(this.heat, shares.length, () => shape("rect")).forEach((rect, i) => {
      const { x, y, size } = patchOf(i, config)
      const side = size * unit
      put(rect, { x: left + x * unit, y: top + y * unit, width: side, height: side, "fill-opacity": 1 - (1 - HEAT) ** shares[i] })
    })
  }

  // Squares that light: [i, pull] of each; nothing pulls is a pull too.
  showLit({ lit, config }) {
    const { primary } = this.at
    const corners = found => found.map(([i]) => {
      const { x, y } = cellOf(placeOf(i, config), config)
      return [primary.x + x * primary.cell, primary.y + y * primary.cell]
    })
    const [forward, back] = this.lit
    put(forward, { d: squaresPath(corners(lit.filter(([, pull]) => pull >= 0)), primary.cell) })
    put(back, { d: squaresPath(corners(lit.filter(([, pull]) => pull < 0)), primary.cell) })
  }
}
