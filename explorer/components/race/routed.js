import { gunzipped } from "../shared/gunzip.js"
import { widened } from "../network/float16.js"
import { acrossOf } from "./across.js"

// Routing of one picture, as `pulled` takes it: from the server, or from the network in the browser.

// What the server sent, see component.py: numbers that are packed, and those that are plain.
export async function unpacked({ packed, sizes, along_step, across_scale, ...plain }) {
  const { R, I, J } = sizes
  const bytes = new Uint8Array(await gunzipped(bytesOf(packed)))
  const count = R * I * J
  const lengths = Float32Array.from(plain.lengths.flat())
  const along = wordsOf16(bytes.subarray(0, 2 * count))
  const strengths = widened(wordsOf16(bytes.subarray(2 * count, 2 * (count + I))))
  const sideways = new Int8Array(bytes.buffer, 2 * (count + I), I * J)
  const image = Float32Array.from(bytes.subarray(2 * (count + I) + I * J), ink => ink / 255)
  return {
    ...plain,
    sizes,
    agreements: agreementsOf(new Int16Array(along.buffer), along_step, lengths, sizes),
    strengths,
    lengths,
    poses: Float32Array.from(plain.poses.flat()),
    image,
    across: j => Float32Array.from({ length: I }, (_, i) => sideways[i * J + j] * across_scale[j]),
  }
}

// Numbers of 16 bits; their low bytes stand before all high ones.
function wordsOf16(bytes) {
  const count = bytes.length / 2
  return Uint16Array.from({ length: count }, (_, n) => bytes[n] | (bytes[count + n] << 8))
}

// a_ij = |v_j| x_ij, [R, I, J], of x in steps, [R, J, I], each less that of the iteration before.
function agreementsOf(along, step, lengths, { R, I, J }) {
  const agreements = new Float32Array(R * I * J)
  for (let r = 0, n = 0; r < R; r++)
    for (let j = 0; j < J; j++)
      for (let i = 0; i < I; i++, n++) {
        if (r > 0) along[n] += along[n - I * J]
        agreements[(r * I + i) * J + j] = along[n] * step * lengths[r * J + j]
      }
  return agreements
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
}

// A reading of the network in the browser, with its trace; what is the network's is taken from one that is known.
export function traced({ image, trace }, { sizes, beta, classes, trained, most }) {
  const { votes, agreements, lengths } = trace
  const { J, D } = sizes
  const R = lengths.length / J
  const poses = trace.poses.subarray((R - 1) * J * D)
  const known = new Map() // j -> across
  return {
    classes,
    trained,
    most,
    beta,
    image,
    agreements,
    lengths,
    poses,
    sizes: { ...sizes, R },
    strengths: strengthsOf(votes, sizes),
    across(j) {
      if (!known.has(j)) known.set(j, acrossOf(votes, poses, sizes, j))
      return known.get(j)
    },
  }
}

// sum over j of |u_hat_j|i|, [I]
function strengthsOf(votes, { I, J, D }) {
  const strengths = new Float32Array(I)
  for (let i = 0, n = 0; i < I; i++)
    for (let j = 0; j < J; j++) {
      let squares = 0
      for (let d = 0; d < D; d++) squares += votes[n++] ** 2
      strengths[i] += Math.sqrt(squares)
    }
  return strengths
}
