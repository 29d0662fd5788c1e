import { dot, lengthOf } from "./part.js"

const NOTHING = 1e-9 // as a share of a vote's length: what is less lies on the axis

// The plane that a vote and a pose v span: { along, across }, unit vectors [D], the first in the direction of v; x and y
// of the vote in it; and of both the length, and the angle between them in degrees. Where v has no direction, `along` is
// zero and the angle null. `usual`: the vote whose plane is taken where this one has none of its own, as on the axis.
export function planeOf(vote, pose, usual = vote) {
  const poseLength = lengthOf(pose)
  const along = scaled(pose, poseLength > 0 ? 1 / poseLength : 0)
  const x = dot(vote, along)
  const across = beside(vote, along) ?? beside(usual, along) ?? anyBeside(along)
  const y = dot(vote, across)
  const voteLength = Math.hypot(x, y)
  const angle = poseLength > 0 && voteLength > 0 ? (Math.atan2(Math.abs(y), x) * 180) / Math.PI : null
  return { along, across, x, y, voteLength, poseLength, angle }
}

// The vote whose tip lies at x and y of a plane, [D].
export function voteAt({ along, across }, x, y) {
  return along.map((part, d) => x * part + y * across[d])
}

const scaled = (vector, factor) => Array.from(vector, number => number * factor)

// The direction of what a vector has at a right angle to `along`; null where that is nothing.
function beside(vector, along) {
  const x = dot(vector, along)
  const rest = Array.from(vector, (number, d) => number - x * along[d])
  const length = lengthOf(rest)
  return length > NOTHING * Math.max(1, lengthOf(vector)) ? scaled(rest, 1 / length) : null
}

function anyBeside(along) {
  const least = along.reduce((best, number, d) => (Math.abs(number) < Math.abs(along[best]) ? d : best), 0)
  return beside(along.map((_, d) => (d === least ? 1 : 0)), along) ?? along.map((_, d) => (d === 0 ? 1 : 0))
}
