// From the canvas to grey ink, as explorer/drawing.py: 1 where a pen has been, 0 where it has not.

const DOT = 40 // pixels: ink no longer and no wider, and all filled in, is a slip of the pen
const GREY_WEIGHTS = [0.299, 0.587, 0.114] // of red, green and blue

// What is light on a square canvas, a light pen on black or on nothing: 0 to 1, row by row. `rgba` are its bytes; `ink`
// is written to where it is given.
export function inkOf(rgba, width, ink = new Float32Array(width * width)) {
  if (rgba.length !== 4 * width * width || ink.length !== width * width)
    throw new Error(`a canvas of ${width} x ${width} has ${4 * width * width} bytes (RGBA); got ${rgba.length}`)
  const [ofRed, ofGreen, ofBlue] = GREY_WEIGHTS
  for (let k = 0, at = 0; k < ink.length; k++, at += 4) {
    const red = rgba[at],
      green = rgba[at + 1],
      blue = rgba[at + 2]
    if (red | green | blue) {
      const light = (ofRed * red + ofGreen * green + ofBlue * blue) / 255
      ink[k] = Math.min(light * (rgba[at + 3] / 255), 1)
    } else ink[k] = 0
  }
  return ink
}

// Whether there is a dot and nothing else.
export function isDot(ink, width) {
  let area = 0,
    top = Infinity,
    bottom = -1,
    left = Infinity,
    right = -1
  for (let k = 0, row = 0; k < ink.length; row++)
    for (let column = 0; column < width; column++, k++) {
      if (ink[k] <= 0.5) continue
      area++
      bottom = row
      if (row < top) top = row
      if (column < left) left = column
      if (column > right) right = column
    }
  if (!area || Math.max(bottom - top, right - left) >= DOT) return false
  return area > 0.7 * (bottom - top + 1) * (right - left + 1) // a disc fills 0.79 of its box
}
