import { colour } from "../shared/dom.js"
import { READING, onMessage } from "../shared/messages.js"
import { Instrument } from "./instrument.js"
import { colourTable } from "../shared/pictures.js"

const instrument = new Instrument() // outlives pages, and with it the decoders

onMessage(READING, reading => instrument.follow(reading))

// Called again with each change of data or theme; elements stay, so that a drag goes on.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pose-lab")
  colour(root, data.palette)
  instrument.show(root, {
    ...data,
    colours: colourTable(data.difference_scale),
    send: setTriggerValue,
  })
  return () => instrument.remove(root)
}
