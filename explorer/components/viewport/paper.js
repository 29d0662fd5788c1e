// Lets Plotly charts shrink to the width of the paper while the page is printed: they are as wide as the screen was.
export class Paper {
  constructor() {
    this.before = () => document.querySelectorAll(".js-plotly-plot").forEach(shrinkable)
    this.after = () => document.querySelectorAll(".js-plotly-plot").forEach(asBefore)
    addEventListener("beforeprint", this.before)
    addEventListener("afterprint", this.after)
  }

  end() {
    removeEventListener("beforeprint", this.before)
    removeEventListener("afterprint", this.after)
  }
}

const drawings = chart => chart.querySelectorAll(".main-svg")

// A drawing with a view box is scaled to the size that print.css gives it on paper.
function shrinkable(chart) {
  for (const drawing of drawings(chart)) {
    const { width, height } = drawing
    drawing.setAttribute("viewBox", `0 0 ${width.baseVal.value} ${height.baseVal.value}`)
  }
}

function asBefore(chart) {
  for (const drawing of drawings(chart)) drawing.removeAttribute("viewBox")
}
