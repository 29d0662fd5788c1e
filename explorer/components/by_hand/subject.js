import { numbersOf } from "../shared/numbers.js"

// A primary capsule that is followed: { index, place { channel, row, column }, pose u [P], votes [J][D], poses of the
// digit capsules v [R][J][D], patch }, the last its pixels, 0..1, [size, size].

// The one that the server tells of; `data` holds packed { image, primary [P], votes [J, D], poses [R, J, D] }.
export function servedSubject(data) {
  return {
    ...placed(data.followed, numbersOf(data.image), data),
    pose: numbersOf(data.primary),
    votes: rowsOf(numbersOf(data.votes), data.pose),
    poses: posesOf(numbersOf(data.poses), data),
  }
}

// Any one of a reading of the network in the browser that has a trace.
export function readSubject({ image, trace }, index, data) {
  const { classes, pose: D } = data
  const part = (numbers, size) => numbers.slice(index * size, (index + 1) * size)
  return {
    ...placed(index, image, data),
    pose: part(trace.primary, trace.primary.length / countOf(data)),
    votes: rowsOf(part(trace.votes, classes.length * D), D),
    poses: posesOf(trace.poses, data),
  }
}

// All primary capsules.
function countOf({ grid: [channels, rows, columns] }) {
  return channels * rows * columns
}

function placed(index, image, { grid, places: [first, step], patch: size, width }) {
  const [, rows, columns] = grid
  const [row, column] = [Math.floor(index / columns) % rows, index % columns]
  const [top, left] = [row, column].map(place => first + step * place - Math.floor(size / 2))
  const patch = Float32Array.from(
    { length: size * size },
    (_, p) => image[(top + Math.floor(p / size)) * width + left + (p % size)],
  )
  return { index, place: { channel: Math.floor(index / (rows * columns)), row, column }, patch }
}

function rowsOf(numbers, size) {
  return Array.from({ length: numbers.length / size }, (_, n) => numbers.slice(n * size, (n + 1) * size))
}

function posesOf(numbers, { classes, pose: D }) {
  return rowsOf(numbers, classes.length * D).map(poses => rowsOf(poses, D))
}
