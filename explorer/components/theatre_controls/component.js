import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { ChartWatch } from "./chart_watch.js"
import { Follower } from "./follower.js"
import { Theatre } from "./theatre.js"

const followers = new Map() // key of a chart -> what plays it, and follows the server; as long as the tab is open
const watches = new Mounted() // what looks for the chart

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
  watches.at(parentElement, () => new ChartWatch(`.st-key-${data.chart}`, chart => follower.theatre.adopt(chart)))
  return () => {
    watches.end(parentElement)
    follower.theatre.leave()
  }
}
