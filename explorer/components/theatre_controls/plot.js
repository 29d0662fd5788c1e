const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true } }

// A Plotly chart as the theatre draws it: its frames, of which the last is shown at first. Only one is drawn at a time: of
// what is wanted meanwhile, the newest is drawn then.
export class Plot {
  constructor(chart) {
    this.chart = chart
    this.data = chart.data
    this.frames = framesOf(chart)
    this.wanted = this.shown = this.frames.at(-1)
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
  async show(frame) {
    if (this.frames.includes(frame)) this.wanted = frame
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
    await Plotly.animate(this.chart, [wanted], AT_ONCE)
    this.shown = wanted
  }
}

// Whether a chart is drawn and has its frames, which Plotly adds last.
export const isReady = chart => framesOf(chart).length > 0

function framesOf(chart) {
  return (chart._transitionData?._frames ?? []).map(frame => frame.name)
}
