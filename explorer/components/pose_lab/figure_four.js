// The paper's figure 4 for this digit: a row a number, turned in 11 steps from -0.25 to +0.25, all others at rest.

const STEPS = 11

class FigureFour {
  constructor(root, data) {
    const { words, own } = data
    this.canvas = make("canvas", { role: "presentation" })
    this.offsets = Array.from({ length: STEPS }, (_, k) => data.paper * ((2 * k) / (STEPS - 1) - 1))
    this.tiles = own.map((_, d) => this.offsets.map((offset, k) => this.tile(d, k, words)))
    this.tiles[0][(STEPS - 1) / 2].tabIndex = 0
    const label = (className, text) => make("span", { className, textContent: text })
    const grid = make(
      "div",
      { className: "tiles", role: "group", "aria-label": words.figure, onkeydown: event => this.walk(event) },
      this.canvas,
      ...this.tiles.flat(),
    )
    const table = make(
      "div",
      { className: "figure" },
      make(
        "div",
        { className: "columns", ariaHidden: true },
        ...this.offsets.map(offset => label("", signed(offset, 2))),
      ),
      make("div", { className: "rows", ariaHidden: true }, ...own.map((_, d) => label("", d + 1))),
      grid,
    )
    root.style.setProperty("--steps", STEPS)
    root.style.setProperty("--numbers", own.length)
    const download = make("button", { type: "button", textContent: words.figure_save, onclick: () => this.save() })
    root.replaceChildren(table, download)
  }

  tile(d, k, words) {
    const name = fill(words.figure_tile, { number: d + 1, offset: signed(this.offsets[k], 2) })
    const choose = () => newestLab?.choose(this.pose(d, k))
    return make("button", { type: "button", tabIndex: -1, title: name, "aria-label": name, onclick: choose })
  }

  update(data) {
    if (this.data?.subject !== data.subject) later(this, "figure", this.draw(data))
    this.data = data
  }

  pose(d, k) {
    const pose = Float32Array.from(this.data.own)
    pose[d] += this.offsets[k]
    return pose
  }

  *draw({ decoder, capsule, own, side }) {
    const start = performance.now()
    const pictures = (this.pictures ??= new Pictures(this.canvas, side, STEPS, own.length))
    for (let d = 0; d < own.length; d++)
      for (let k = 0; k < STEPS; k++) {
        pictures.grey(decoder.draw(capsule, this.pose(d, k)), k, d)
        yield
      }
    performance.measure("figure four", { start })
  }

  // Arrow keys go from tile to tile; Tab leaves.
  walk(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
    const d = this.tiles.findIndex(row => row.includes(event.target))
    if (!step || d < 0) return
    event.preventDefault()
    const next = this.tiles[d + step[0]]?.[this.tiles[d].indexOf(event.target) + step[1]]
    if (!next) return
    event.target.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  }

  // As a picture with its numbers at the sides, every pixel a crisp square.
  save() {
    const tile = 4 * this.data.side,
      margin = 60
    const sheet = make("canvas", { width: margin + STEPS * tile, height: margin + this.tiles.length * tile })
    const context = sheet.getContext("2d")
    context.fillStyle = "#fff"
    context.fillRect(0, 0, sheet.width, sheet.height)
    Object.assign(context, {
      fillStyle: "#1b2733",
      font: "24px sans-serif",
      textAlign: "center",
      textBaseline: "middle",
      imageSmoothingEnabled: false,
    })
    this.offsets.forEach((offset, k) => context.fillText(signed(offset, 2), margin + (k + 0.5) * tile, margin / 2))
    this.tiles.forEach((_, d) => context.fillText(d + 1, margin / 2, margin + (d + 0.5) * tile))
    context.drawImage(this.canvas, margin, margin, STEPS * tile, this.tiles.length * tile)
    save(sheet, `capsule-${this.data.label}-figure-4.png`)
  }

  end() {
    dropChores(this)
  }
}
