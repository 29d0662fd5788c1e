import { Theatre } from "./theatre.js"

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false }

// The whole of a page to take home: its figure for a wide or a narrow window, light or dark, and its controls.
// `figures` are JSON, by "light-wide" and so on; a window is narrow up to `narrow` screen pixels.
export default function ({ figures, controls, narrow }) {
  const media = ["(prefers-color-scheme: dark)", `(max-width: ${narrow}px)`].map(query => matchMedia(query))
  const theatre = new Theatre()
  theatre.control(document.querySelector(".controls"), controls)
  const show = async () => {
    const [dark, small] = media.map(query => query.matches)
    const chart = document.createElement("div")
    document.getElementById("figure").replaceChildren(chart)
    const chosen = JSON.parse(figures[`${dark ? "dark" : "light"}-${small ? "narrow" : "wide"}`])
    theatre.adopt(chart)
    await Plotly.newPlot(chart, { ...chosen, config: CONFIG })
  }
  for (const query of media) query.addEventListener("change", show)
  show()
}
