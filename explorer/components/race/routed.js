import { gunzipped } from "../shared/gunzip.js"
import { widened } from "../network/float16.js"
import { acrossOf } from "./across.js"

// Routing of one picture, as `pulled` takes it: from the server, or from the network in the browser.

// What the server sent, see component.py: numbers that are packed, and those that are plain.
export async function unpacked({ packed, sizes, across_scale, ...plain }) {
  const { R, I, J } = sizes
  const bytes = new Uint8Array(await gunzipped(bytesOf(packed)))
  const count = R * I * J + I
  const halves = new Uint16Array(count) // low bytes stand before all high bytes
  for (let n = 0; n < count; n++) halves[n] = bytes[n] | (bytes[count + n] << 8)
  const numbers = widened(halves)
  const signed = new Int8Array(bytes.buffer, 2 * count, I * J)
  const image = Float32Array.from(bytes.subarray(2 * count + I * J), ink => ink / 255)
  return {
    ...plain,
    sizes,
    agreements: numbers.subarray(0, R * I * J),
    strengths: numbers.subarray(R * I * J),
    lengths: Float32Array.from(plain.lengths.flat()),
    poses: Float32Array.from(plain.poses.flat()),
    image,
    across: j => Float32Array.from({ length: I }, (_, i) => signed[i * J + j] * across_scale[j]),
  }
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
}

// A reading of the network in the browser, with its trace; `sizes` and `beta` are the network's, as the server says them.
export function traced({ image, trace }, { sizes, beta }) {
  const { votes, agreements, lengths } = trace
  const { J, D } = sizes
  const R = lengths.length / J
  const poses = trace.poses.subarray((R - 1) * J * D)
  const known = new Map() // j -> across
  return {
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
