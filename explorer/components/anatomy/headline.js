import { fill } from "../shared/dom.js"

// What the network answers, in one line, and what that means in another.
export function headlineOf({ shown, classes, words, winner, runner, meant, doubt }) {
  const values = {
    name: classes[winner],
    rival: classes[runner],
    count: classes.length,
    length: shown.lengths[winner],
    rival_length: shown.lengths[runner],
  }
  if (meant !== null && meant !== winner) {
    const both = { ...values, meant: classes[meant], meant_length: shown.lengths[meant] }
    return [fill(words.headline_misread, both), fill(words.sentence_misread, both)]
  }
  if (meant === winner) return [fill(words.headline_agreed, values), fill(words.sentence, values)]
  const kind = ["short", "close", "far"].includes(doubt) ? doubt : "sure"
  return [fill(words[`headline_${kind}`], values), fill(words.sentence, values)]
}
