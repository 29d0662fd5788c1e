import { Viewport } from "./viewport.js"

const viewports = new WeakMap() // parent element -> what watches for it

export default function ({ data, parentElement, setStateValue }) {
  if (!viewports.has(parentElement))
    viewports.set(parentElement, new Viewport(data.narrow, narrow => setStateValue("narrow", narrow)))
  return () => {
    viewports.get(parentElement)?.end()
    viewports.delete(parentElement)
  }
}
