// A square picture, row by row, turned about its middle, clockwise on the screen; a pixel is what lies where it came from,
// bilinearly between four, and nothing is fitted in again. As explorer/turning.py.
export function rotated(image, size, degrees) {
  const middle = (size - 1) / 2
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const turned = new Float32Array(image.length)
  for (let row = 0, p = 0; row < size; row++)
    for (let column = 0; column < size; column++, p++) {
      const [right, down] = [column - middle, row - middle]
      turned[p] = between(image, size, middle + cos * right + sin * down, middle - sin * right + cos * down)
    }
  return turned
}

function between(image, size, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const at = (row, column) =>
    row >= 0 && row < size && column >= 0 && column < size ? image[row * size + column] : 0
  const [across, along] = [x - left, y - top]
  return (
    (1 - across) * (1 - along) * at(top, left) +
    across * (1 - along) * at(top, left + 1) +
    (1 - across) * along * at(top + 1, left) +
    across * along * at(top + 1, left + 1)
  )
}
