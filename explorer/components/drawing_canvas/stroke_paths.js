// Pen strokes as Fabric.js has them: where they are, how far from a point, and how they look. Pixels of the canvas.

const ENDS = { M: [0], L: [0], Q: [0, 2] } // where in a command points begin, the control points of curves too

// What SVG and canvases draw of a stroke.
export function outlineOf({ path }) {
  return path.map(command => command.join(" ")).join(" ")
}

// The stroke that lies nearest to a point; -1: there is none.
export function nearestStroke(strokes, x, y) {
  const distances = strokes.map(stroke => distanceTo(stroke, x, y))
  return distances.indexOf(Math.min(...distances))
}

// A stroke moved by whole pixels. Where Fabric says in numbers where it lies, these move, too.
export function movedStroke(stroke, right, down) {
  const shift = (number, at) => number + (at % 2 ? down : right)
  const path = stroke.path.map(([name, ...numbers]) => [name, ...numbers.map(shift)])
  const place = Object.entries({ left: right, top: down })
  const moved = place.filter(([name]) => name in stroke).map(([name, by]) => [name, stroke[name] + by])
  return { ...stroke, path, ...Object.fromEntries(moved) }
}

// How far a stroke may go of { right, down }: whole pixels, with its middle on a canvas of this size.
export function kept(stroke, { right, down }, size) {
  const points = pointsOf(stroke)
  const within = (by, axis) => {
    const ends = points.map(point => point[axis])
    const middle = (Math.min(...ends) + Math.max(...ends)) / 2
    const [least, most] = [Math.min(0, Math.ceil(-middle)), Math.max(0, Math.floor(size - middle))]
    return Math.max(least, Math.min(most, Math.round(by)))
  }
  return { right: within(right, 0), down: within(down, 1) }
}

// Draws strokes as the canvas does, light on black, onto a square of `size` pixels that shows `whole` of the canvas's.
export function paintStrokes(context, size, strokes, whole) {
  context.fillStyle = "#000"
  context.fillRect(0, 0, size, size)
  context.save()
  context.scale(size / whole, size / whole)
  context.lineCap = context.lineJoin = "round"
  for (const stroke of strokes) {
    context.strokeStyle = stroke.stroke
    context.lineWidth = stroke.strokeWidth
    context.stroke(new Path2D(outlineOf(stroke)))
  }
  context.restore()
}

function pointsOf({ path }) {
  return path.flatMap(([name, ...numbers]) => ENDS[name].map(at => numbers.slice(at, at + 2)))
}

// To the polygon of a stroke's points, from which its curves hardly part.
function distanceTo(stroke, x, y) {
  const points = pointsOf(stroke)
  return Math.min(...points.map((point, at) => distanceToPiece(points[Math.max(0, at - 1)], point, x, y)))
}

function distanceToPiece([fromX, fromY], [toX, toY], x, y) {
  const [across, along] = [toX - fromX, toY - fromY]
  const squares = across * across + along * along
  const share = squares ? Math.max(0, Math.min(1, ((x - fromX) * across + (y - fromY) * along) / squares)) : 0
  return Math.hypot(x - fromX - share * across, y - fromY - share * along)
}
