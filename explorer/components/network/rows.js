// What convolutions, votes and decoder do most: add rows of weights, each times a value.

// target[start + k] += sum over n of values[n] weights[rows[n] + k], for k below `width`. Four rows at a time spare
// reading and writing sums; `rows` and `values` need room for three more than `count`.
function addRows(target, start, width, weights, rows, values, count) {
  for (let n = count; n < count + 3; n++) values[n] = rows[n] = 0
  for (let n = 0; n < count; n += 4) {
    const a = values[n],
      b = values[n + 1],
      c = values[n + 2],
      d = values[n + 3]
    let ka = rows[n],
      kb = rows[n + 1],
      kc = rows[n + 2],
      kd = rows[n + 3]
    for (let k = start; k < start + width; k++)
      target[k] += a * weights[ka++] + b * weights[kb++] + c * weights[kc++] + d * weights[kd++]
  }
}

// Room for as many rows as `addRows` takes at once.
export class Rows {
  constructor(most) {
    this.starts = new Int32Array(most + 3)
    this.values = new Float32Array(most + 3)
    this.count = 0
  }

  clear() {
    this.count = 0
  }

  // The row that begins there, times a value.
  push(start, value) {
    this.starts[this.count] = start
    this.values[this.count++] = value
  }

  addTo(target, start, width, weights) {
    addRows(target, start, width, weights, this.starts, this.values, this.count)
  }
}
