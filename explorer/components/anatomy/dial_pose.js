// A capsule's vector turned in a plane and brought to a length, as `turned` in explorer/poses.py.

export const MOST_TURN = 30 // degrees to either side
export const TURNS = [-20, -10, 0, 10, 20]
export const SHARES = [1, 0.6, 0.3, 0.1]

// A pose [D], turned towards a direction [D] by degrees; where it points nowhere, the direction itself is turned.
export function turnedPose(pose, direction, degrees, length) {
  const own = Math.hypot(...pose)
  const along = own > 0 ? pose.map(value => value / own) : direction
  const inside = dot(direction, along)
  const across = direction.map((value, d) => value - inside * along[d])
  const size = Math.hypot(...across) || 1
  const angle = (degrees * Math.PI) / 180
  return along.map((value, d) => length * (Math.cos(angle) * value + (Math.sin(angle) * across[d]) / size))
}

// Of what the server has drawn, [A, L, H W], the picture that is nearest to an angle and a length.
export function nearestDrawn(pictures, { angles, lengths }, degrees, length) {
  const a = nearest(angles, degrees)
  const l = nearest(lengths, length)
  const size = pictures.length / (angles.length * lengths.length)
  const start = (a * lengths.length + l) * size
  return pictures.subarray(start, start + size)
}

function nearest(values, wanted) {
  return values.reduce((best, value, n) => (Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? n : best), 0)
}

const dot = (one, other) => one.reduce((sum, value, d) => sum + value * other[d], 0)
