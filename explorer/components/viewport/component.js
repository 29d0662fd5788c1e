import { Mounted } from "../shared/mounted.js"
import { Paper } from "./paper.js"
import { Viewport } from "./viewport.js"

const viewports = new Mounted()
const papers = new Mounted()

export default function ({ data, parentElement, setStateValue }) {
  viewports.at(parentElement, () => new Viewport(data.narrow, narrow => setStateValue("narrow", narrow)))
  papers.at(parentElement, () => new Paper())
  return () => {
    viewports.end(parentElement)
    papers.end(parentElement)
  }
}
