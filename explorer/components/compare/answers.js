import { gunzipped } from "../shared/gunzip.js"

// What networks say at each stop, as packing.py packed it for N networks, A stops and J classes: { pictures: A of
// [side * side] in 0..1, at(n, a) }.
export async function answersOf({ packed, side, labels, classes, rows }) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))
  const buffer = await gunzipped(bytes)
  const [N, A, J] = [rows.filter(({ on }) => on).length, labels.length, classes.length]
  const scores = new Float32Array(buffer, 0, N * A * J)
  const rest = new Uint8Array(buffer, scores.byteLength)
  const inked = rest.subarray(N * A, N * A + A)
  const greys = rest.subarray(N * A + A)
  const pixels = side * side
  return {
    pictures: Array.from({ length: A }, (_, a) => Float32Array.from(greys.subarray(a * pixels, (a + 1) * pixels), ink => ink / 255)),
    at: (n, a) => answerOf(scores.subarray((n * A + a) * J, (n * A + a + 1) * J), rest[n * A + a] === 1, inked[a] === 1),
  }
}

// One answer: { said (a class, or null where nothing is left to be read), score, unsure, scores }.
function answerOf(scores, unsure, inked) {
  if (!inked) return { said: null, score: 0, unsure: true, scores: new Float32Array(scores.length) }
  const score = Math.max(...scores)
  return { said: scores.indexOf(score), score, unsure, scores }
}

// How an answer looks: "yes", it is the class that the digit is; "no", another; "none"; and whether it is unsure.
export function lookOf({ said, unsure }, wanted) {
  if (said === null) return "none"
  return (said === wanted ? "yes" : "no") + (unsure ? " unsure" : "")
}

// Stops in one piece with the same answer: [{ first, last, answer }].
export function runsOf(answers) {
  const runs = []
  answers.forEach((answer, a) => {
    const before = runs.at(-1)
    if (before && before.answer.said === answer.said && before.answer.unsure === answer.unsure) before.last = a
    else runs.push({ first: a, last: a, answer })
  })
  return runs
}
