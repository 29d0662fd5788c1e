import { colour } from "../shared/dom.js"
import { layOut } from "./digit_places.js"

export default async function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".frame")
  colour(frame, data.palette)
  await layOut(frame, data, index => setTriggerValue("chosen", index))
}
