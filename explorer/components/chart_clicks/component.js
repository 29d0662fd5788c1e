import { ChartClicks } from "./chart_clicks.js"

const listeners = new WeakMap() // parent element -> what listens for it

export default function ({ parentElement, setTriggerValue }) {
  if (!listeners.has(parentElement)) listeners.set(parentElement, new ChartClicks())
  listeners.get(parentElement).report = click => setTriggerValue("click", { ...click, chart: keyOf(click.chart) })
  return () => {
    listeners.get(parentElement)?.end()
    listeners.delete(parentElement)
  }
}

// Streamlit's key of the container that an element stands in; "": it has none.
function keyOf(element) {
  const holder = element.closest('[class*="st-key-"]')
  const name = [...(holder?.classList ?? [])].find(name => name.startsWith("st-key-")) ?? ""
  return name.slice("st-key-".length)
}
