import { QUESTION, broadcast } from "./messages.js"

// Asks the network in the browser, and gives a Promise of what it says; of null, where none is at work. Questions:
// { image, iterations, silenced }: a reading with its trace, see `Reader.read`; all but the image may be left out.
// { images, iterations }: a plain reading of each.
// { decode: { capsule, poses } }: what the decoder draws of each pose [D], 0..1; null before its weights have come.
// {}: true.
export function askNetwork(question) {
  const asked = { question, answer: null }
  broadcast(QUESTION, asked) // whoever answers puts a Promise there at once
  return Promise.resolve(asked.answer)
}
