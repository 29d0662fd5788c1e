import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { ByHand } from "./by_hand.js"

const pictures = new Mounted()

// Called again with each change of data or theme; elements stay, so that a drag goes on.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".by-hand")
  colour(root, data.palette)
  const hand = pictures.at(parentElement, () => new ByHand(root))
  if (data.hidden !== null) root.dataset.hidden = data.hidden
  hand.chosen = iteration => setTriggerValue("step", iteration)
  hand.show(data)
  return () => pictures.end(parentElement)
}
