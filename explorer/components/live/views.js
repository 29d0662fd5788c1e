import { Mounted } from "../shared/mounted.js"
import { READING, onMessage } from "../shared/messages.js"
import { colourTable } from "../shared/pictures.js"
import { LiveOverview } from "./overview.js"

const VIEWS = { overview: LiveOverview }

const views = new Mounted()

// Stands on a page whose charts and pictures follow the pen; shows nothing itself.
export default function ({ data, parentElement }) {
  const mounted = views.at(parentElement, () => begun(new VIEWS[data.view]()))
  mounted.data = { ...data, colours: colourTable(data.difference_scale) }
  return () => views.end(parentElement)
}

function begun(view) {
  const mounted = { data: null, end: () => stop() }
  const stop = onMessage(READING, reading => {
    if (!reading) view.rest()
    else if (!reading.blank) view.show(reading, mounted.data)
  })
  return mounted
}
