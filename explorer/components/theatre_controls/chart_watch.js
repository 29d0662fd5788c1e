// Calls `seen` with the Plotly chart in the element that a selector finds, now and after whatever changes on the page.
export class ChartWatch {
  constructor(selector, seen) {
    const look = () => {
      const chart = document.querySelector(`${selector} .js-plotly-plot`)
      if (chart) seen(chart)
    }
    this.observer = new MutationObserver(look)
    this.observer.observe(document.body, { childList: true, subtree: true })
    look()
  }

  end() {
    this.observer.disconnect()
  }
}
