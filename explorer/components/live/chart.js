import { Patches } from "./patches.js"

const PATIENCE = 30 // frames that the server's chart may take to be drawn

// A Plotly chart whose marks follow the pen. Plotly itself would take longer than a stroke waits: what it has drawn is
// changed in place, and given back once the server's own figure is there.
export class LiveChart {
  constructor(key) {
    this.selector = `.st-key-${key} .js-plotly-plot`
    this.patches = new Patches()
  }

  // The chart, as it stands on the page now; undefined while it is being drawn.
  get chart() {
    const chart = document.querySelector(this.selector)
    if (chart?.data === this.data) return this.data && chart
    this.patches.forget() // drawn anew
    this.data = chart?.data
    return this.data && chart
  }

  // Bars that grow to the right: their lengths, in screen pixels for each of 1, and colours where they are given.
  bars(lengths, unit, colours) {
    const paths = [...this.chart.querySelectorAll(".barlayer .point > path")].slice(-lengths.length)
    paths.forEach((path, j) => {
      const [, start] = path.getAttribute("d").match(/^M(-?[\d.]+)/) ?? []
      if (start === undefined) return
      this.patches.set(path, "d", path.getAttribute("d").replace(/H-?[\d.e-]+/, `H${Number(start) + unit * lengths[j]}`))
      if (colours) this.patches.set(path, "style.fill", colours[j])
    })
  }

  // Words: the texts of the nodes that a selector finds, from a place on.
  texts(selector, words, from = 0) {
    const nodes = [...this.chart.querySelectorAll(selector)].slice(from, from + words.length)
    nodes.forEach((node, n) => this.patches.set(node, "textContent", words[n]))
  }

  // Gives all back, as soon as the server's figure is drawn; at once where that is the one that stands.
  rest(frames = PATIENCE) {
    if (!this.chart || !this.patches.made.size) return this.patches.forget()
    if (frames === 0) return this.patches.undo()
    this.resting = requestAnimationFrame(() => this.rest(frames - 1))
  }

  wake() {
    cancelAnimationFrame(this.resting)
  }
}
