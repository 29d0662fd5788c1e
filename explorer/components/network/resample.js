// Pillow's `resize` and `reduce` of a grey picture of floats, to the same numbers. A picture is
// { pixels, width, height }; its pixels are a Float32Array, row by row.

// Filters to resize with: weights of pixels by their distance from the middle, 0 from `support` on.
export const BOX = { support: 0.5, weight: x => (x > -0.5 && x <= 0.5 ? 1 : 0) }
export const BILINEAR = { support: 1, weight: x => Math.max(0, 1 - Math.abs(x)) }

// To so many columns, then to so many rows; each pass leaves float32.
export function resized(picture, width, height, filter) {
  return resizedDown(resizedAcross(picture, width, filter), height, filter)
}

// The means of squares of `factor` x `factor` pixels; of fewer at the right and at the bottom, where it does not divide.
export function reduced({ pixels, width, height }, factor) {
  const smaller = blank(Math.ceil(width / factor), Math.ceil(height / factor))
  for (let row = 0, at = 0; row < smaller.height; row++) {
    const top = row * factor,
      bottom = Math.min(top + factor, height)
    for (let column = 0; column < smaller.width; column++, at++) {
      const left = column * factor,
        right = Math.min(left + factor, width)
      let sum = 0
      for (let y = top; y < bottom; y++) for (let k = y * width + left; k < y * width + right; k++) sum += pixels[k]
      smaller.pixels[at] = sum / ((bottom - top) * (right - left))
    }
  }
  return smaller
}

export function blank(width, height) {
  return { pixels: new Float32Array(width * height), width, height }
}

// To the nearest whole number, and to the even one of two, as Python's `round`.
export function rounded(number) {
  const below = Math.floor(number)
  const above = number - below
  return above > 0.5 || (above === 0.5 && below % 2 !== 0) ? below + 1 : below
}

function resizedAcross({ pixels, width, height }, columns, filter) {
  const resized = blank(columns, height)
  const windows = filterWindows(width, columns, filter)
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < columns; column++, at++) {
      const { first, weights } = windows[column]
      const start = row * width + first
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += pixels[start + k] * weights[k]
      resized.pixels[at] = sum
    }
  return resized
}

function resizedDown({ pixels, width, height }, rows, filter) {
  const resized = blank(width, rows)
  const windows = filterWindows(height, rows, filter)
  for (let row = 0, at = 0; row < rows; row++) {
    const { first, weights } = windows[row]
    for (let column = 0; column < width; column++, at++) {
      let sum = 0
      for (let k = 0, from = first * width + column; k < weights.length; k++, from += width)
        sum += pixels[from] * weights[k]
      resized.pixels[at] = sum
    }
  }
  return resized
}

// Of each pixel along the resized side: the first pixel that it is made of, and the weights from there on, of sum 1.
function filterWindows(before, after, { support, weight }) {
  const scale = before / after,
    stretch = Math.max(scale, 1)
  return Array.from({ length: after }, (_, place) => {
    const middle = (place + 0.5) * scale
    const first = Math.max(Math.trunc(middle - support * stretch + 0.5), 0)
    const end = Math.min(Math.trunc(middle + support * stretch + 0.5), before)
    const weights = new Float64Array(end - first)
    let sum = 0
    for (let k = 0; k < weights.length; k++) sum += weights[k] = weight((first + k - middle + 0.5) * (1 / stretch))
    for (let k = 0; k < weights.length; k++) weights[k] /= sum
    return { first, weights }
  })
}
