// The network's decoder, one picture at a time: the poses of all capsules -> 512 -> 1,024 -> 28 x 28 grey pixels.

// float16 numbers, packed as base64, widened to float32 without loss.
export function unpack(base64) {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k)
  const widened = new Float32Array(65536)
  for (let bits = 0; bits < 65536; bits++) {
    const exponent = (bits >> 10) & 31,
      fraction = (bits & 1023) / 1024
    const size = exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14
    widened[bits] = bits >> 15 ? -size : size
  }
  const halves = new Uint16Array(bytes.buffer)
  const numbers = new Float32Array(halves.length)
  for (let k = 0; k < halves.length; k++) numbers[k] = widened[halves[k]]
  return numbers
}

export class Decoder {
  // `sizes` are the numbers in each layer; of each layer come the weights, one row an input, and then the biases.
  constructor(base64, sizes) {
    const numbers = unpack(base64)
    let start = 0
    const take = count => numbers.subarray(start, (start += count))
    this.layers = sizes.slice(1).map((width, n) => ({
      weights: take(sizes[n] * width),
      biases: take(width),
      values: new Float32Array(width),
    }))
    if (start !== numbers.length) throw new Error(`a decoder of ${sizes} has ${start} numbers, not ${numbers.length}`)
    this.inputs = new Float32Array(sizes[0])
    this.active = new Int32Array(Math.max(...sizes) + 3)
  }

  // The picture of one capsule's pose, all other capsules at zero: 0..1, valid until the next call.
  decode(capsule, pose) {
    return this.blend([[capsule, pose, 1]])
  }

  // The picture of a sum of [capsule, pose, share].
  blend(parts) {
    this.inputs.fill(0)
    for (const [capsule, pose, share] of parts)
      for (let d = 0; d < pose.length; d++) this.inputs[capsule * pose.length + d] += share * pose[d]
    const [first, second, last] = this.layers
    const hidden = rectify(this.dense(this.inputs, first))
    const pixels = this.dense(rectify(this.dense(hidden, second)), last)
    for (let p = 0; p < pixels.length; p++) pixels[p] = 1 / (1 + Math.exp(-pixels[p]))
    return pixels
  }

  // Inputs at zero, which most are after `rectify`, are left out; four rows at a time spare reading and writing sums.
  dense(inputs, { weights, biases, values }) {
    const { active } = this
    const width = values.length
    let count = 0
    for (let k = 0; k < inputs.length; k++) if (inputs[k]) active[count++] = k
    active.fill(0, count, count + 3)
    values.set(biases)
    for (let n = 0; n < count; n += 4) {
      const a = inputs[active[n]]
      const b = n + 1 < count ? inputs[active[n + 1]] : 0
      const c = n + 2 < count ? inputs[active[n + 2]] : 0
      const d = n + 3 < count ? inputs[active[n + 3]] : 0
      let [ka, kb, kc, kd] = [0, 1, 2, 3].map(m => active[n + m] * width)
      for (let j = 0; j < width; j++)
        values[j] += a * weights[ka++] + b * weights[kb++] + c * weights[kc++] + d * weights[kd++]
    }
    return values
  }
}

function rectify(values) {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) values[k] = 0
  return values
}
