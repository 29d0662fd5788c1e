// What is done to poses, without a page.

const TRIES = 100 // at random, for a pose that squash allows
const DEVIATIONS = 3 // a span goes so many standard deviations to either side, as in explorer/poses.py

// A pose as a training digit might have it: independent normal numbers within the span, and no longer than squash
// allows. `random` gives numbers from 0 to below 1.
export function randomPose(low, high, random = Math.random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const between = d => {
    const deviations = Math.max(-DEVIATIONS, Math.min(DEVIATIONS, normal()))
    return (low[d] + high[d]) / 2 + (deviations * (high[d] - low[d])) / (2 * DEVIATIONS)
  }
  let pose
  for (let tries = 0; tries < TRIES; tries++) {
    pose = Float32Array.from(low, (_, d) => between(d))
    if (Math.hypot(...pose) < 1) break
  }
  return pose
}

// A copy of a pose with its number d turned by an offset.
export function turned(pose, d, offset) {
  const copy = Float32Array.from(pose)
  copy[d] += offset
  return copy
}

// How much number d changes the picture: root mean square over pixels between the ends of the paper's turn.
// `decode(pose)` gives the picture, valid until the next call.
export function effectOf(decode, own, d, paper) {
  const low = decode(turned(own, d, -paper)).slice()
  const squares = decode(turned(own, d, paper)).reduce((sum, value, p) => sum + (value - low[p]) ** 2, 0)
  return Math.sqrt(squares / low.length)
}
