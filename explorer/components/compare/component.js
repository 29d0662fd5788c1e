import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { answersOf } from "./answers.js"
import { Compare } from "./compare.js"

const shown = new Mounted()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".compare")
  colour(root, data.palette)
  const view = shown.at(parentElement, () => new Compare(root))
  arrived(view, data, setting => setTriggerValue("set", setting))
  return () => shown.end(parentElement)
}

// Unpacking takes a moment, in which newer data may come.
async function arrived(view, data, send) {
  view.newest = data
  const answers = await answersOf(data)
  if (view.newest === data) view.update({ ...data, answers, send })
}
