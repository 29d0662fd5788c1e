import { Rows } from "./rows.js"
import { tensorNamed } from "./tensors.js"

// The network's decoder, one picture at a time: the poses of all capsules -> 512 -> 1,024 -> 28 x 28 grey pixels.

export class Decoder {
  // layers: three of { weights, one row an input, biases }.
  constructor(layers) {
    this.layers = layers.map(({ weights, biases }) => ({ weights, biases, values: new Float32Array(biases.length) }))
    const inputs = layers.map(({ weights, biases }) => weights.length / biases.length)
    const expected = [inputs[0], ...layers.slice(0, -1).map(({ biases }) => biases.length)]
    if (layers.length !== 3 || !Number.isInteger(inputs[0]) || inputs.some((count, n) => count !== expected[n]))
      throw new Error(`a decoder has three layers, each with an input for each output before it; got inputs ${inputs}`)
    this.inputs = new Float32Array(inputs[0])
    this.rows = new Rows(Math.max(...inputs))
  }

  // The decoder of a file's tensors: "decoder.0.weights", "decoder.0.biases" and so on.
  static of(tensors) {
    const part = (n, name) => tensorNamed(tensors, `decoder.${n}.${name}`)
    return new Decoder([0, 1, 2].map(n => ({ weights: part(n, "weights"), biases: part(n, "biases") })))
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

  // Inputs at zero, which most are after `rectify`, are left out.
  dense(inputs, { weights, biases, values }) {
    const { rows } = this
    rows.clear()
    for (let k = 0; k < inputs.length; k++) if (inputs[k]) rows.push(k * values.length, inputs[k])
    values.set(biases)
    rows.addTo(values, 0, values.length, weights)
    return values
  }
}

function rectify(values) {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) values[k] = 0
  return values
}
