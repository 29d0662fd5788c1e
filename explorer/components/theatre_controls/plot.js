const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true } }

// A Plotly chart as the theatre draws it: its frames, of which the last is shown at first, and two layers of maps, of
// which the first is. Only one thing is drawn at a time: of what is wanted meanwhile, the newest is drawn then.
export class Plot {
  constructor(chart) {
    this.chart = chart
    this.data = chart.data
    this.frames = framesOf(chart)
    this.layers = chart.data.flatMap((trace, number) => (trace.type === "heatmap" ? [number] : []))
    this.wanted = this.shown = { frame: this.frames.at(-1), layer: 0 }
    this.drawing = this.ended = false
  }

  // Whether this is the figure that it was made for: Plotly changes it in place.
  shows(data) {
    return data === this.data
  }

  // Draws no more.
  end() {
    this.ended = true
  }

  // A frame that the chart lacks is left out: another chart, which has it, is on its way.
  async show(frame, layer) {
    this.wanted = { frame: this.frames.includes(frame) ? frame : this.wanted.frame, layer }
    if (this.drawing) return
    this.drawing = true
    try {
      while (this.wanted !== this.shown && !this.ended) await this.draw(this.wanted)
    } catch (error) {
      if (this.chart.isConnected && !this.ended) throw error // else another chart, or figure, has taken its place
    } finally {
      this.drawing = false
    }
  }

  async draw(wanted) {
    if (wanted.layer !== this.shown.layer) {
      const visible = this.layers.map((_, layer) => layer === wanted.layer)
      await Plotly.restyle(this.chart, { visible }, this.layers)
    }
    if (wanted.frame !== this.shown.frame) await Plotly.animate(this.chart, [wanted.frame], AT_ONCE)
    this.shown = wanted
  }
}

// Whether a chart is drawn and has its frames, which Plotly adds last.
export const isReady = chart => framesOf(chart).length > 0

function framesOf(chart) {
  return (chart._transitionData?._frames ?? []).map(frame => frame.name)
}
