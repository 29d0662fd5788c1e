import { widened } from "../network/float16.js"

// A decoder's layers as delivery.py packs them: of each the weights, one row an input, and then the biases, float16 in
// base64. `sizes` are the numbers in each layer, the inputs first.
export function unpackedLayers(base64, sizes) {
  const numbers = unpack(base64)
  let start = 0
  const take = count => numbers.subarray(start, (start += count))
  const layers = sizes.slice(1).map((width, n) => ({ weights: take(sizes[n] * width), biases: take(width) }))
  if (start !== numbers.length) throw new Error(`a decoder of ${sizes} has ${start} numbers, not ${numbers.length}`)
  return layers
}

// float16 numbers, packed as base64, widened to float32 without loss.
export function unpack(base64) {
  return widened(new Uint16Array(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)).buffer))
}
