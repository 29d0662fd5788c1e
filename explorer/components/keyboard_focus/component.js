import { Mounted } from "../shared/mounted.js"
import { Focus } from "./focus.js"

const keepers = new Mounted()

export default function ({ parentElement }) {
  keepers.at(parentElement, () => new Focus())
  return () => keepers.end(parentElement)
}
