// A drawing to try the network's speed on: a seven, RGBA, and the canvas's height and width.

const SIZE = 280
const PEN = 9 // half its width

export function testDrawing() {
  const pixels = new Uint8ClampedArray(4 * SIZE * SIZE)
  for (let t = 0; t <= 200; t++) {
    dot(pixels, 80 + (t * 120) / 200, 60)
    dot(pixels, 200 - (t * 70) / 200, 60 + (t * 160) / 200)
  }
  return [pixels, SIZE]
}

function dot(pixels, x, y) {
  for (let row = Math.ceil(y - PEN); row <= y + PEN; row++)
    for (let column = Math.ceil(x - PEN); column <= x + PEN; column++) {
      if ((row - y) ** 2 + (column - x) ** 2 <= PEN ** 2) pixels.fill(255, 4 * (row * SIZE + column), 4 * (row * SIZE + column) + 4)
    }
}
