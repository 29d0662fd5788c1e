import { colour } from "../shared/dom.js"
import { Instrument } from "./instrument.js"
import { colourTable } from "./pictures.js"

const instrument = new Instrument() // outlives pages, and with it the decoders

addEventListener("capsnet-decoder", ({ detail }) => instrument.deliver(detail))

// Called again with each change of data or theme; elements stay, so that a drag goes on.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".pose-lab")
  colour(root, data.palette)
  instrument.show(root, {
    ...data,
    colours: colourTable(data.difference_scale),
    send: setTriggerValue,
    request: request => setStateValue("request", request),
  })
  return () => instrument.remove(root)
}
