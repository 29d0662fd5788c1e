import { BILINEAR, BOX, blank, reduced, resized, rounded } from "./resample.js"

// From grey ink to the frame that the network reads: capsnet/ink/normalisation.py once more, step by step, and to the
// same pixels. Its numbers are explained there.

const STROKES = [1.65, 2.8]
const FAINT = 0.1
const BLOB = 6
const LEAST_SCALE = 3
const GREATEST_SCALE = 16
const SHAVED = 0.5
const MNIST_FRAME = { size: 28, box: 20 }

// Ink as MNIST has it: size x size numbers, 0 to 1, row by row; null where there is no ink. `ink` are height x width
// numbers, 0 (background) to 1.
export function normalise(ink, width, height, frame = MNIST_FRAME) {
  if (!ink.length || ink.length !== width * height)
    throw new Error(`ink of ${width} x ${height} must have as many numbers, and some; got ${ink.length}`)
  if (darkest(ink) < Math.fround(FAINT)) return null
  const { pixels } = centred(fitted(penned(cropped({ pixels: ink, width, height }), frame.box), frame.box), frame)
  return pixels
}

function darkest(pixels) {
  let most = 0
  for (let k = 0; k < pixels.length; k++) {
    const value = pixels[k]
    if (!(value >= 0 && value <= 1)) throw new Error(`ink must lie in 0 (background) to 1; got ${value}`)
    if (value > most) most = value
  }
  return most
}

// The smallest rectangle that holds all ink.
function cropped({ pixels, width, height }) {
  const faint = Math.fround(Math.fround(FAINT) * darkest(pixels))
  let top = height,
    bottom = 0,
    left = width,
    right = 0
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++) {
      if (pixels[at] <= faint) continue
      bottom = row
      if (row < top) top = row
      if (column < left) left = column
      if (column > right) right = column
    }
  const crop = blank(right - left + 1, bottom - top + 1)
  for (let row = 0; row < crop.height; row++) {
    const start = (top + row) * width + left
    crop.pixels.set(pixels.subarray(start, start + crop.width), row * crop.width)
  }
  return crop
}

// Drawn with a pen that MNIST knows, where the ink is large enough to tell; cropped again.
function penned(ink, box) {
  let scale = Math.max(ink.width, ink.height) / box
  if (scale < LEAST_SCALE) return ink
  if (scale > GREATEST_SCALE) {
    const factor = Math.ceil(scale / GREATEST_SCALE)
    ink = clipped(reduced(ink, factor))
    scale /= factor
  }
  const enlarged = box / MNIST_FRAME.box
  const width = strokeWidth(ink) / scale / enlarged // in pixels of MNIST's box
  const [finest, fattest] = STROKES
  if (width < finest) {
    const steps = rounded(((finest - width) / 2) * scale * enlarged)
    return cropped(spread(padded(ink, steps), steps))
  }
  if (fattest < width && width < BLOB) {
    const steps = rounded(Math.min((width - fattest) / 2, SHAVED) * scale * enlarged)
    return cropped(inverted(spread(inverted(padded(ink, 1)), steps)))
  }
  return ink
}

// Mean width of the strokes, in pixels: a stroke has two sides, so it is twice the ink's area by its outline.
function strokeWidth(ink) {
  const { pixels, width, height } = padded(ink, 1)
  let area = 0,
    outline = 0
  for (let row = 0; row < height - 1; row++)
    for (let at = row * width; at < row * width + width - 1; at++) {
      const here = pixels[at],
        down = Math.fround(pixels[at + width] - here),
        across = Math.fround(pixels[at + 1] - here)
      area += here
      if (down || across) outline += Math.fround(Math.sqrt(down * down + across * across))
    }
  return (2 * area) / outline
}

// Each pixel as dark as the darkest within so many steps, nearly as the crow flies: every second one may slant.
function spread(ink, steps) {
  const { width, height } = ink
  let from = ink.pixels,
    grown = new Float32Array(from.length)
  const across = new Float32Array(from.length)
  for (let step = 0; step < steps; step++) {
    darkestAcross(from, across, width)
    darkestDown(step % 2 ? across : from, across, grown, width)
    ;[from, grown] = [grown, from]
  }
  return { pixels: from, width, height }
}

// Each pixel as dark as itself and its neighbours to the left and right.
function darkestAcross(pixels, into, width) {
  for (let start = 0; start < pixels.length; start += width) {
    let before = 0,
      here = pixels[start]
    for (let at = start; at < start + width; at++) {
      const after = at + 1 < start + width ? pixels[at + 1] : 0
      const most = before > here ? before : here
      into[at] = most > after ? most : after
      before = here
      here = after
    }
  }
}

// Each pixel as dark as it is `across`, and as `pixels` are above and below.
function darkestDown(pixels, across, into, width) {
  const last = pixels.length - width
  for (let at = 0; at < pixels.length; at++) {
    const above = at >= width ? pixels[at - width] : 0,
      below = at < last ? pixels[at + width] : 0,
      here = across[at]
    const most = above > below ? above : below
    into[at] = most > here ? most : here
  }
}

// Resized so that the longer side is `box`, averaging the pixels that fall together.
function fitted(ink, box) {
  const scale = box / Math.max(ink.width, ink.height)
  const [width, height] = [ink.width, ink.height].map(side => Math.max(1, rounded(side * scale)))
  return clipped(resized(ink, width, height, scale < 1 ? BOX : BILINEAR))
}

// In the frame, the centre of mass moved to the centre by whole pixels, as far as all ink stays inside.
function centred(ink, { size }) {
  const canvas = blank(size, size)
  const middle = Math.floor(size / 2) + 0.5
  const corner = (centre, extent) => Math.min(Math.max(Math.floor(middle - centre + 0.5), 0), size - extent)
  const [row, column] = centreOfMass(ink)
  const top = corner(row, ink.height),
    left = corner(column, ink.width)
  for (let y = 0; y < ink.height; y++)
    canvas.pixels.set(ink.pixels.subarray(y * ink.width, (y + 1) * ink.width), (top + y) * size + left)
  return canvas
}

// Row and column of the centre of mass, in pixel edges: the middle of the first pixel is 0.5.
export function centreOfMass({ pixels, width, height }) {
  let total = 0,
    rows = 0,
    columns = 0
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++) {
      total += pixels[at]
      rows += pixels[at] * (row + 0.5)
      columns += pixels[at] * (column + 0.5)
    }
  return [rows / total, columns / total]
}

function padded({ pixels, width, height }, margin) {
  const wider = blank(width + 2 * margin, height + 2 * margin)
  for (let row = 0; row < height; row++)
    wider.pixels.set(pixels.subarray(row * width, (row + 1) * width), (row + margin) * wider.width + margin)
  return wider
}

// In place.
function inverted(ink) {
  const { pixels } = ink
  for (let k = 0; k < pixels.length; k++) pixels[k] = 1 - pixels[k]
  return ink
}

// To 0..1, in place, as resampling may leave it by a rounding.
function clipped(ink) {
  const { pixels } = ink
  for (let k = 0; k < pixels.length; k++) pixels[k] = Math.min(Math.max(pixels[k], 0), 1)
  return ink
}
