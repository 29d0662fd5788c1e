import { Mounted } from "../shared/mounted.js"
import { StepKeys } from "./step_keys.js"

const pressing = new Mounted()

export default function ({ data, parentElement }) {
  pressing.at(parentElement, () => new StepKeys()).keys = { ArrowLeft: data.back, ArrowRight: data.on }
  return () => pressing.end(parentElement)
}
