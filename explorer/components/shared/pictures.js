// Square grey pictures, and differences between them, on one canvas.

const SHADES = 256

// Squares of `side` pixels, `columns` in a row.
export class Pictures {
  constructor(canvas, side, columns = 1, rows = 1) {
    canvas.width = side * columns
    canvas.height = side * rows
    this.side = side
    this.context = canvas.getContext("2d")
    this.image = this.context.createImageData(side, side)
    this.packed = new Uint32Array(this.image.data.buffer) // 0xAABBGGRR: all browsers' machines are little-endian
  }

  // Grey, 0..1.
  grey(pixels, column = 0, row = 0) {
    for (let p = 0; p < pixels.length; p++) this.packed[p] = 0xff000000 | (((pixels[p] * 255 + 0.5) | 0) * 0x010101)
    this.context.putImageData(this.image, column * this.side, row * this.side)
  }

  // pixels - others, -1..1, in the colours of a `colourTable`.
  difference(pixels, others, colours) {
    for (let p = 0; p < pixels.length; p++) this.packed[p] = colours[((pixels[p] - others[p] + 1) * 127.5 + 0.5) | 0]
    this.context.putImageData(this.image, 0, 0)
  }
}

// A scale of [place 0..1, "#rrggbb"], ascending from 0 to 1, as 256 colours packed the way a canvas holds them.
export function colourTable(scale) {
  return Uint32Array.from({ length: SHADES }, (_, shade) => {
    const at = shade / (SHADES - 1)
    const upper = Math.max(1, scale.findIndex(([place]) => place >= at))
    const [[low, from], [high, to]] = [scale[upper - 1], scale[upper]]
    const share = (at - low) / (high - low)
    const [red, green, blue] = [1, 3, 5].map(start => {
      const [first, last] = [from, to].map(colour => parseInt(colour.slice(start, start + 2), 16))
      return Math.round(first + share * (last - first))
    })
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
  })
}
