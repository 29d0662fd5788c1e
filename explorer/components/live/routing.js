import { LiveChart } from "./chart.js"

// The theatre while the pen moves: its maps after the last iteration, and the lengths.
export class LiveRouting {
  constructor() {
    this.chart = new LiveChart("theatre")
  }

  // `data`: { colours }, those of differences, which the chart has, too.
  show({ couplingMaps, lengths }, { colours }) {
    this.chart.wake()
    const { chart } = this.chart
    if (!chart) return
    this.chart.heatMap(couplingMaps, colours)
    this.chart.bars(lengths, trackOf(chart))
    this.chart.texts(".scatterlayer .textpoint text", Array.from(lengths, length => length.toFixed(2)), lengths.length)
  }

  rest() {
    this.chart.rest()
  }
}

// The width of a track, on which lengths grow, in screen pixels: it is a length of 1.
function trackOf(chart) {
  const [track] = chart.querySelectorAll(".barlayer .point > path")
  const [, start, end] = track.getAttribute("d").match(/^M(-?[\d.]+).*?H(-?[\d.]+)/)
  return end - start
}
