import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { Live } from "./live.js"
import { Panel } from "./panel.js"

const panels = new Mounted()

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".live")
  colour(root, data.palette)
  const mounted = panels.at(parentElement, () => begun(root, setStateValue))
  mounted.data = data
  if (data.files) mounted.live.use(data)
  mounted.update()
  return () => panels.end(parentElement)
}

function begun(root, setStateValue) {
  const mounted = {
    live: new Live(() => mounted.update()),
    panel: new Panel(root, on => setStateValue("wish", on)),
    update: () => mounted.data && mounted.panel.show(mounted.data, mounted.live),
    end() {
      mounted.live.end()
      mounted.panel.end()
    },
  }
  return mounted
}
