import { Mounted } from "../shared/mounted.js"
import { StepKeys } from "./step_keys.js"

const pressing = new Mounted()

export default function ({ data, parentElement }) {
  pressing.at(parentElement, () => new StepKeys()).keys = data.buttons
  return () => pressing.end(parentElement)
}
