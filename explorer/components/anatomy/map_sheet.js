import { make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { put, shape } from "../shared/svg.js"

const COLUMNS = { wide: 43, narrow: 20 }

// All feature maps on one canvas, to choose one from: by mouse, finger and keyboard.
export class MapSheet {
  constructor(label, choose) {
    this.choose = choose
    this.canvas = make("canvas", { role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 0 })
    this.mark = shape("rect", { class: "spot" })
    this.marks = shape("svg", { "aria-hidden": true }, this.mark)
    this.element = make("div", { className: "over sheet" }, this.canvas, this.marks)
    this.canvas.onclick = event => this.click(event)
    this.canvas.onkeydown = event => this.press(event)
  }

  show(features, { feature_channels: count, feature_size: size }, chosen, bright, colours, said) {
    const most = this.element.clientWidth < 480 ? COLUMNS.narrow : COLUMNS.wide
    Object.assign(this, { count, chosen, columns: Math.min(most, count) })
    const rows = Math.ceil(count / this.columns)
    const width = this.columns * size
    const all = new Float32Array(width * rows * size).fill(NaN)
    for (let k = 0; k < count; k++)
      for (let y = 0; y < size; y++) {
        const start = (Math.floor(k / this.columns) * size + y) * width + (k % this.columns) * size
        all.set(features.subarray((k * size + y) * size, (k * size + y + 1) * size), start)
      }
    paintMap(this.canvas, all, width, colours, 0, bright)
    put(this.marks, { viewBox: `0 0 ${this.columns} ${rows}` })
    put(this.mark, { x: chosen % this.columns, y: Math.floor(chosen / this.columns), width: 1, height: 1 })
    const values = { "aria-valuemax": count - 1, "aria-valuenow": chosen, "aria-valuetext": said }
    for (const [name, value] of Object.entries(values)) this.canvas.setAttribute(name, value)
  }

  click({ offsetX, offsetY }) {
    const side = this.canvas.clientWidth / this.columns
    this.take(Math.floor(offsetY / side) * this.columns + Math.floor(offsetX / side))
  }

  press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns }[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    this.take(this.chosen + step)
  }

  take(map) {
    if (map >= 0 && map < this.count) this.choose(map)
  }
}
