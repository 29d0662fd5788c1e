import { colour } from "../shared/dom.js"
import { ChartWatch } from "./chart_watch.js"
import { Follower } from "./follower.js"
import { Theatre } from "./theatre.js"

const followers = new Map() // key of a chart -> what plays it, and follows the server; as long as the tab is open
const watches = new WeakMap() // parent element -> what looks for the chart

// Mounted twice for each chart: as controls, and where the server says which iteration is looked at.
export default function ({ data, parentElement, setStateValue }) {
  if (!followers.has(data.chart)) followers.set(data.chart, new Follower(new Theatre()))
  const follower = followers.get(data.chart)
  if (!data.frames) {
    follower.follow(data, rest => setStateValue("rested", rest))
    return () => follower.end()
  }
  const root = parentElement.querySelector(".controls")
  colour(root, data.palette)
  follower.theatre.control(root, data)
  if (!watches.has(parentElement)) {
    const selector = `.st-key-${data.chart}`
    watches.set(parentElement, new ChartWatch(selector, chart => follower.theatre.adopt(chart)))
  }
  return () => {
    watches.get(parentElement)?.end()
    watches.delete(parentElement)
    follower.theatre.leave()
  }
}
