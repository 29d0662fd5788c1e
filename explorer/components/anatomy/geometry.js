// Where everything of the chain stands, in screen pixels from its top left corner: worked out from its width, the size
// of text and the network's sizes.

// In pixels of a chain of this width: [x, width], of the bands [x, end]; `columns`, where what belongs to each stage begins,
// and `gap`, how far before the next one it ends.
const WIDE = {
  width: 864,
  input: [0, 100],
  deck: [120, 112],
  primary: [250, 108],
  bands: [372, 536],
  rows: [546, 214],
  decoder: [780, 84],
  columns: [0, 120, 250, 398, 546, 780],
  gap: 12,
}
const STRIP = {
  width: 358,
  input: [0, 50],
  deck: [57, 58],
  primary: [122, 46],
  bands: [171, 222],
  rows: [226, 76],
  decoder: [310, 48],
  columns: [0, 56, 120, 171, 224, 307],
  gap: 0,
}
const LEAST_ROW = 21 // pixels that a finger's row needs at least
const MAPS = 12 // of the deck of feature maps

// Whether a chain of this width is a strip: pictures alone, each stage known by its number. See component.css.
export const isStrip = (width, rem) => width < 38 * rem

// Groups of channels that stand in one row of tiles, [first, end).
export function tileGroups({ primary_channels: channels }) {
  const columns = tileColumns(channels)
  return Array.from({ length: Math.ceil(channels / columns) }, (_, row) => [row * columns, Math.min(channels, (row + 1) * columns)])
}

const tileColumns = channels => Math.max(1, Math.round(Math.sqrt(channels / 2)))

// `rem`: the size of text; `classes`: names of the digit capsules; `top`: what stands above the drawings.
export function chainGeometry(width, rem, config, top) {
  const strip = isStrip(width, rem)
  const plan = strip ? STRIP : WIDE
  const unit = width / plan.width
  const box = ([x, size]) => ({ x: x * unit, width: size * unit })
  const J = config.digit_capsules
  const grid = config.grid_size + 1 // a tile, and the gap after it
  const [across, down] = [tileColumns(config.primary_channels), tileGroups(config).length].map(count => count * grid - 1)
  const least = strip ? 9.4 * J : LEAST_ROW * J
  const tallest = Math.max(least, (plan.primary[1] * unit * 55) / 27)
  const cell = Math.min((plan.primary[1] * unit) / across, tallest / down)
  const middle = top + tallest / 2
  const centred = (x, width, height = width) => ({ x, y: middle - height / 2, width, height })
  const primary = box(plan.primary)
  const deck = box(plan.deck)
  const decoder = box(plan.decoder)
  return {
    strip,
    unit,
    rem,
    top,
    middle,
    height: top + tallest,
    input: centred(plan.input[0] * unit, plan.input[1] * unit),
    deck: { ...centred(deck.x, deck.width, deck.width * 1.15), maps: strip ? 6 : MAPS },
    primary: { ...centred(primary.x + (primary.width - cell * across) / 2, cell * across, cell * down), cell },
    bands: { x: plan.bands[0] * unit, end: plan.bands[1] * unit },
    rows: { ...box(plan.rows), y: top, height: tallest, row: tallest / J },
    decoder: { x: decoder.x, width: decoder.width, y: top, height: tallest },
    columns: plan.columns.map((x, k) => [x * unit, ((plan.columns[k + 1] ?? plan.width + plan.gap) - x - plan.gap) * unit]),
  }
}

// Where a primary capsule's square is, within all tiles: its column and row in cells.
export function cellOf({ channel, row, column }, { primary_channels: channels, grid_size: grid }) {
  const columns = tileColumns(channels)
  return { x: (channel % columns) * (grid + 1) + column, y: Math.floor(channel / columns) * (grid + 1) + row }
}

// The inverse; null in a gap.
export function placeAtCell(x, y, { primary_channels: channels, grid_size: grid }) {
  const columns = tileColumns(channels)
  const place = { channel: Math.floor(y / (grid + 1)) * columns + Math.floor(x / (grid + 1)), row: y % (grid + 1), column: x % (grid + 1) }
  const inside = x >= 0 && y >= 0 && Math.floor(x / (grid + 1)) < columns && place.channel < channels
  return inside && place.row < grid && place.column < grid ? place : null
}

// All squares as one map of numbers [rows, columns], NaN in the gaps; returns { values, width }.
export function tiled(numbers, config) {
  const { primary_channels: channels, grid_size: grid } = config
  const width = tileColumns(channels) * (grid + 1) - 1
  const values = new Float32Array(width * (tileGroups(config).length * (grid + 1) - 1)).fill(NaN)
  for (let i = 0; i < channels * grid ** 2; i++) {
    const place = { channel: Math.floor(i / grid ** 2), row: Math.floor((i % grid ** 2) / grid), column: i % grid }
    const { x, y } = cellOf(place, config)
    values[y * width + x] = numbers[i]
  }
  return { values, width }
}

// Where the front one of the deck is, within its canvas, and how far each behind it is moved.
export function frontCard({ width, height, maps }) {
  const side = width * 0.6
  return { x: 1, y: height - side - 1, side, right: (width - side - 2) / Math.max(1, maps - 1), up: (height - side - 2) / Math.max(1, maps - 1) }
}
