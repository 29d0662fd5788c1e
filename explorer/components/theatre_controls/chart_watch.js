// Tells of the Plotly chart in the element that a selector finds, and of each one that takes its place.
export class ChartWatch {
  constructor(selector, met) {
    let known = null
    const look = () => {
      const chart = document.querySelector(`${selector} .js-plotly-plot`)
      if (!chart || chart === known) return
      known = chart
      met(chart)
    }
    this.observer = new MutationObserver(look)
    this.observer.observe(document.body, { childList: true, subtree: true })
    look()
  }

  end() {
    this.observer.disconnect()
  }
}
