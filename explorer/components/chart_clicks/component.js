// Tells Python whether the screen is narrow, and which mark of a Plotly chart was clicked.

const cleanUps = new WeakMap() // parent element -> what ends the listening
const heard = new WeakSet() // charts that are listened to

function keyOf(element) {
  const holder = element.closest('[class*="st-key-"]')
  return [...holder.classList].find(name => name.startsWith("st-key-")).slice("st-key-".length)
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  cleanUps.get(parentElement)?.()
  const memory = parentElement.querySelector(".listener").dataset
  const media = matchMedia(`(max-width: ${data.narrow}px)`)
  let told = memory.narrow === "true"
  const tell = () => {
    if (media.matches === told) return
    told = media.matches
    memory.narrow = told
    setStateValue("narrow", told)
  }
  // A chart is drawn anew whenever its figure changes: listen to it when the pointer first comes near.
  const meet = event => {
    const chart = event.target.closest?.(".js-plotly-plot")
    if (!chart || heard.has(chart)) return
    heard.add(chart)
    chart.on("plotly_click", ({ points }) => {
      if (!points.length) return
      const { pointIndex, customdata } = points[0]
      setTriggerValue("click", { chart: keyOf(chart), index: [pointIndex].flat(), value: customdata ?? null })
    })
  }
  media.addEventListener("change", tell)
  document.addEventListener("pointerover", meet)
  tell()
  const end = () => {
    media.removeEventListener("change", tell)
    document.removeEventListener("pointerover", meet)
  }
  cleanUps.set(parentElement, end)
  return end
}
