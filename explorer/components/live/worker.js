import { answerTo } from "../network/questions.js"
import { Reader } from "../network/reader.js"
import { refine, tensorsOf } from "../network/tensors.js"
import { gunzipped } from "../shared/gunzip.js"
import { testDrawing } from "./test_drawing.js"

const TRIALS = 5

// The network at work beside the page, so that the pen never waits for it. Messages that come, and what is said to each:
// { network, settings }: weights; { speed }, the median time of a reading in milliseconds.
// { decoder }: the decoder's weights; { decoder: true }.
// { refinement }: what the network's weights lack; { refinement: true }.
// { pixels, size, options, number }: a picture of the canvas; { number, reading }.
// { question, asked }: see ask_network.js; { asked, answer }, or { asked, problem } where it can't be answered.
// Whatever fails: { failed }.
export default function () {
  let reader, tensors
  const acts = {
    async network({ network, settings }) {
      tensors = tensorsOf(await gunzipped(network)).tensors
      reader = new Reader(settings, tensors)
      return { speed: median(Array.from({ length: TRIALS }, () => timed(() => reader.readCanvas(...testDrawing())))) }
    },
    async decoder({ decoder }) {
      reader.giveDecoder(tensorsOf(await gunzipped(decoder)).tensors)
      return { decoder: true }
    },
    async refinement({ refinement }) {
      refine(tensors, await gunzipped(refinement)) // the reader has the same arrays
      return { refinement: true }
    },
    async pixels({ pixels, size, options, number }) {
      return { number, reading: reader.readCanvas(new Uint8ClampedArray(pixels), size, options) }
    },
    async question({ question, asked }) {
      try {
        return { asked, answer: answerTo(reader, question) }
      } catch ({ message }) {
        return { asked, problem: message }
      }
    },
  }
  let last = Promise.resolve() // one thing after the other
  self.onmessage = ({ data }) => {
    const [name] = Object.keys(data)
    last = last
      .then(() => acts[name](data))
      .then(said => self.postMessage(said, [...new Set(buffersOf(said))]))
      .catch(({ message }) => self.postMessage({ failed: message }))
  }
}

function timed(act) {
  const start = performance.now()
  act()
  return performance.now() - start
}

// Of all arrays in plain data: they are handed over, not copied.
function buffersOf(data) {
  if (ArrayBuffer.isView(data)) return [data.buffer]
  return data && typeof data === "object" ? Object.values(data).flatMap(buffersOf) : []
}

const median = values => values.sort((a, b) => a - b)[values.length >> 1]
