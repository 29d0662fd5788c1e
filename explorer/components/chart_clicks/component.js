import { keyOf } from "../shared/keys.js"
import { Mounted } from "../shared/mounted.js"
import { ChartClicks } from "./chart_clicks.js"

const listeners = new Mounted()

export default function ({ parentElement, setTriggerValue }) {
  const listener = listeners.at(parentElement, () => new ChartClicks())
  listener.report = click => setTriggerValue("click", { ...click, chart: keyOf(click.chart) })
  return () => listeners.end(parentElement)
}
