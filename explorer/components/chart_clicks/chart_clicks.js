const NEAR = ["pointerover", "pointerdown"]

// Tells which mark of a Plotly chart was clicked.
export class ChartClicks {
  // `report` is called with { chart, index, value } of each click: the chart's element, the mark's number or a cell's row
  // and column, and the mark's customdata.
  constructor(report) {
    this.report = report
    this.charts = new Map() // chart -> its listener
    // A chart is drawn anew whenever its figure changes: listen to it when the pointer first comes near, or presses where
    // it was before there was anybody to listen.
    this.meet = event => {
      const chart = event.target.closest?.(".js-plotly-plot")
      if (chart && !this.charts.has(chart)) this.listen(chart)
    }
    for (const name of NEAR) document.addEventListener(name, this.meet, true)
  }

  listen(chart) {
    for (const met of this.charts.keys()) if (!met.isConnected) this.charts.delete(met)
    const listener = ({ points }) => {
      if (!points.length) return
      const { pointIndex, customdata } = points[0]
      this.report({ chart, index: [pointIndex].flat(), value: customdata ?? null })
    }
    this.charts.set(chart, listener)
    chart.on("plotly_click", listener)
  }

  end() {
    for (const name of NEAR) document.removeEventListener(name, this.meet, true)
    for (const [chart, listener] of this.charts) chart.removeListener("plotly_click", listener)
  }
}
