import { askNetwork } from "../shared/ask_network.js"
import { colour } from "../shared/dom.js"
import { NETWORK, READING, onMessage } from "../shared/messages.js"
import { Mounted } from "../shared/mounted.js"
import { Turn } from "./turn.js"

const turns = new Mounted()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".turn")
  colour(root, data.palette)
  const { view } = turns.at(parentElement, () => begun(root))
  const image = floatsOf(data.image)
  view.update({ ...data, image, read: data.read && unpackedRead(data), send: setTriggerValue })
  return () => turns.end(parentElement)
}

function begun(root) {
  const view = new Turn(root, askNetwork)
  const stops = [
    onMessage(NETWORK, ({ ready }) => view.network(ready)),
    onMessage(READING, reading => view.readings.pause(Boolean(reading))),
  ]
  return {
    view,
    end() {
      stops.forEach(stop => stop())
      view.end()
    },
  }
}

// The server's readings, its drawings as pictures 0..1.
function unpackedRead({ read, side }) {
  const all = bytesOf(read.drawn)
  const picture = place => Float32Array.from(all.subarray(place * side ** 2, (place + 1) * side ** 2), grey => grey / 255)
  return { ...read, drawn: read.lengths.map((_, place) => picture(place)) }
}

const floatsOf = text => new Float32Array(bytesOf(text).buffer)

const bytesOf = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
