import { Rows } from "./rows.js"

// A convolution of square maps, without padding, that skips inputs at zero or below: after a ReLU most are.
export class Convolution {
  // weights [channels, kernel, kernel, width] and biases [width], with the outputs innermost.
  constructor({ size, channels, kernel, stride, weights, biases }) {
    const width = biases.length
    if (weights.length !== channels * kernel ** 2 * width) {
      const shape = [channels, kernel, kernel, width].join(" x ")
      throw new Error(`a convolution needs ${shape} weights; got ${weights.length}`)
    }
    this.size = size
    this.channels = channels
    this.kernel = kernel
    this.stride = stride
    this.weights = weights
    this.biases = biases
    this.grid = Math.floor((size - kernel) / stride) + 1
    this.outputs = new Float32Array(this.grid ** 2 * width)
    this.counts = new Int32Array(channels) // of each channel, how many inputs are above zero,
    this.places = new Int32Array(channels * size ** 2) // where they are, place = row * size + column,
    this.values = new Float32Array(channels * size ** 2) // and what
    this.taps = new Rows(kernel ** 2)
  }

  // inputs [size, size, channels] to [grid, grid, width], valid until the next call.
  apply(inputs) {
    const { outputs, biases } = this
    for (let start = 0; start < outputs.length; start += biases.length) outputs.set(biases, start)
    this.collect(inputs)
    for (let c = 0; c < this.channels; c++)
      for (let row = 0; row < this.grid; row++)
        for (let column = 0; column < this.grid; column++) this.add(c, row, column)
    return outputs
  }

  collect(inputs) {
    const { size, channels, counts, places, values } = this
    counts.fill(0)
    for (let place = 0, n = 0; place < size ** 2; place++)
      for (let c = 0; c < channels; c++) {
        const value = inputs[n++]
        if (!(value > 0)) continue
        const entry = c * size ** 2 + counts[c]++
        places[entry] = place
        values[entry] = value
      }
  }

  // What one channel's inputs bring to one output's place.
  add(c, row, column) {
    const { size, kernel, stride, counts, places, values, taps, biases } = this
    const width = biases.length
    const top = row * stride,
      left = column * stride
    taps.clear()
    const first = c * size ** 2,
      end = first + counts[c]
    for (let entry = first; entry < end; entry++) {
      const y = Math.floor(places[entry] / size) - top
      if (y < 0) continue
      if (y >= kernel) break
      const x = (places[entry] % size) - left
      if (x >= 0 && x < kernel) taps.push(((c * kernel + y) * kernel + x) * width, values[entry])
    }
    taps.addTo(this.outputs, (row * this.grid + column) * width, width, this.weights)
  }
}
