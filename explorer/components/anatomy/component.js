import { Mounted } from "../shared/mounted.js"
import { Anatomy } from "./anatomy.js"

const mounts = new Mounted()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".anatomy")
  const anatomy = mounts.at(parentElement, () => new Anatomy(root, (event, value) => anatomy.tell(event, value)))
  anatomy.tell = setTriggerValue
  anatomy.update(data)
  return () => mounts.end(parentElement)
}
