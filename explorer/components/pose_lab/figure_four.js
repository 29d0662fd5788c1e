import { fill, make, signed } from "../shared/dom.js"
import { walkable } from "../shared/walk.js"
import { Pictures } from "../shared/pictures.js"
import { turned } from "./poses.js"

const STEPS = 11
const TILE = 4 // pixels of a saved picture for each of the network's
const MARGIN = 60 // pixels for the numbers at its sides

// The paper's figure 4 for this digit: a row a number, turned in 11 steps from -0.25 to +0.25, all others at rest.
export class FigureFour {
  constructor(root, data, instrument) {
    this.root = root
    this.instrument = instrument
    const { words, own } = data
    this.canvas = make("canvas", { role: "presentation" })
    this.offsets = Array.from({ length: STEPS }, (_, k) => data.paper * ((2 * k) / (STEPS - 1) - 1))
    this.tiles = own.map((_, d) => this.offsets.map((offset, k) => this.tile(d, k, words)))
    const label = (className, text) => make("span", { className, textContent: text })
    const grid = make(
      "div",
      { className: "tiles", role: "group", "aria-label": words.figure },
      this.canvas,
      ...this.tiles.flat(),
    )
    walkable(grid, this.tiles.flat(), (STEPS - 1) / 2)
    const table = make(
      "div",
      { className: "figure" },
      make(
        "div",
        { className: "columns", "aria-hidden": true },
        ...this.offsets.map(offset => label("", signed(offset, 2))),
      ),
      make("div", { className: "rows", "aria-hidden": true }, ...own.map((_, d) => label("", d + 1))),
      grid,
    )
    root.style.setProperty("--steps", STEPS)
    root.style.setProperty("--numbers", own.length)
    const saving = make("button", { type: "button", textContent: words.figure_save, onclick: () => this.save() })
    root.replaceChildren(table, saving)
  }

  tile(d, k, words) {
    const name = fill(words.figure_tile, { number: d + 1, offset: signed(this.offsets[k], 2) })
    const choose = () => this.instrument.choose(this.data.subject, this.pose(d, k))
    return make("button", { type: "button", title: name, "aria-label": name, onclick: choose })
  }

  update(data) {
    if (this.data?.subject !== data.subject) this.instrument.idle.later(this, "figure", this.draw(data))
    this.data = data
  }

  pose(d, k) {
    return turned(this.data.own, d, this.offsets[k])
  }

  *draw({ decoder, capsule, own, side }) {
    const start = performance.now()
    const pictures = (this.pictures ??= new Pictures(this.canvas, side, STEPS, own.length))
    for (let d = 0; d < own.length; d++)
      for (let k = 0; k < STEPS; k++) {
        pictures.grey(decoder.decode(capsule, this.pose(d, k)), k, d)
        yield
      }
    performance.measure("figure four", { start })
  }

  // As a picture with its numbers at the sides, every pixel a crisp square, in the page's colours.
  save() {
    const { side, label } = this.data
    const [width, height] = [STEPS * TILE * side, this.tiles.length * TILE * side]
    const sheet = make("canvas", { width: MARGIN + width, height: MARGIN + height })
    const context = sheet.getContext("2d")
    const colours = getComputedStyle(this.root)
    context.fillStyle = colours.getPropertyValue("--page")
    context.fillRect(0, 0, sheet.width, sheet.height)
    Object.assign(context, {
      fillStyle: colours.getPropertyValue("--ink"),
      font: "24px sans-serif",
      textAlign: "center",
      textBaseline: "middle",
      imageSmoothingEnabled: false,
    })
    const middle = k => MARGIN + (k + 0.5) * TILE * side
    this.offsets.forEach((offset, k) => context.fillText(signed(offset, 2), middle(k), MARGIN / 2))
    this.tiles.forEach((_, d) => context.fillText(d + 1, MARGIN / 2, middle(d)))
    context.drawImage(this.canvas, MARGIN, MARGIN, width, height)
    download(sheet, `capsule-${label}-figure-4.png`)
  }

  end() {
    this.instrument.idle.drop(this)
  }
}

function download(canvas, name) {
  canvas.toBlob(blob => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  })
}
