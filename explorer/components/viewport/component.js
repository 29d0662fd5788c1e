import { Paper } from "./paper.js"
import { Viewport } from "./viewport.js"

const viewports = new WeakMap() // parent element -> what watches the screen and the paper for it

export default function ({ data, parentElement, setStateValue }) {
  if (!viewports.has(parentElement)) {
    const viewport = new Viewport(data.narrow, narrow => setStateValue("narrow", narrow))
    viewports.set(parentElement, [viewport, new Paper()])
  }
  return () => {
    viewports.get(parentElement)?.forEach(one => one.end())
    viewports.delete(parentElement)
  }
}
