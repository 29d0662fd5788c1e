import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { AnnotatedCode } from "./annotated_code.js"

const codes = new Mounted()

// Called again with each change of data or theme; the line that is lit stays so.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".annotated-code")
  colour(root, data.palette)
  const code = codes.at(root, () => new AnnotatedCode(root))
  code.chosen = iteration => setTriggerValue("step", iteration)
  code.show(data)
  return () => codes.end(root)
}
