import { orderOf } from "./pull.js"
import { mix } from "./moments.js"

const ARROW = 15 // pixels that a step takes to be drawn as an arrow
const FINE = 0.9 // pixels below which steps are drawn together

// The steps of digit j in the order in which they are laid: pulls and what lies across them after each iteration,
// [R] of [I], and how many of them pull forward at the end.
export function stepsOf(found, j) {
  const { couplings, pulls, sizes } = found
  const { R, I, J } = sizes
  const order = orderOf(found, j)
  const sideways = found.across(j)
  const pull = [],
    across = []
  for (let r = 0; r < R; r++) {
    pull.push(Float32Array.from(order, i => pulls[(r * I + i) * J + j]))
    across.push(Float32Array.from(order, i => couplings[(r * I + i) * J + j] * sideways[i]))
  }
  const forward = pull[R - 1].findIndex(step => !(step > 0))
  return { order, pull, across, forward: forward < 0 ? I : forward }
}

// Calls act(n, x, y, x2, y2) with each step n in turn, after iteration r, or on the way to it from the one before.
function eachStep({ pull, across, order }, { r, summed }, act) {
  let x = 0,
    y = 0
  for (let n = 0; n < order.length; n++) {
    const dx = mix(r > 0 ? pull[r - 1][n] : 0, pull[r][n], summed)
    const dy = mix(r > 0 ? across[r - 1][n] : 0, across[r][n], summed)
    act(n, x, y, x + dx, y + dy)
    x += dx
    y += dy
  }
  return [x, y]
}

// The lowest and highest y of a walk, over all iterations.
export function extentOf(steps) {
  let low = 0,
    high = 0
  steps.pull.forEach((_, r) =>
    eachStep(steps, { r, summed: 1 }, (n, x, y, x2, y2) => {
      low = Math.min(low, y2)
      high = Math.max(high, y2)
    }),
  )
  return [low, high]
}

// The walk of a state of `stateAt` as paths; X and Y place its points. Gives { forward, back, arrows: [[i, x, y, x2, y2]],
// mark (the step of the capsule followed, or null), end: [sum, height] }.
export function walked(steps, state, followed, X, Y) {
  const paths = [[], []]
  const arrows = []
  let mark = null,
    lastX = X(0),
    lastY = Y(0)
  paths[0].push(`M${lastX.toFixed(1)},${lastY.toFixed(1)}`)
  const end = eachStep(steps, state, (n, x, y, x2, y2) => {
    const [ax, ay, bx, by] = [X(x), Y(y), X(x2), Y(y2)]
    const back = n >= steps.forward
    if (n === steps.forward) {
      paths[0].push(`L${ax.toFixed(1)},${ay.toFixed(1)}`)
      paths[1].push(`M${ax.toFixed(1)},${ay.toFixed(1)}`)
    }
    if (Math.abs(bx - lastX) + Math.abs(by - lastY) >= FINE || n === steps.order.length - 1) {
      paths[back ? 1 : 0].push(`L${bx.toFixed(1)},${by.toFixed(1)}`)
      lastX = bx
      lastY = by
    }
    if (!back && bx - ax > ARROW) arrows.push([steps.order[n], ax, ay, bx, by])
    if (steps.order[n] === followed) mark = [ax, ay, bx, by]
  })
  return { forward: paths[0].join(""), back: paths[1].join(""), arrows, mark, end }
}

// The primary capsule whose step is nearest to a point of the picture, if one is within `reach` pixels; else null.
export function stepNear(steps, state, X, Y, [px, py], reach) {
  let best = null,
    least = reach
  eachStep(steps, state, (n, x, y, x2, y2) => {
    const [low, high] = X(x) < X(x2) ? [X(x), X(x2)] : [X(x2), X(x)]
    const beside = Math.max(0, low - px, px - high)
    const distance = Math.hypot(beside, (Y(y) + Y(y2)) / 2 - py) - (high - low) / 1000 // of equals, the longer one
    if (distance < least) {
      least = distance
      best = steps.order[n]
    }
  })
  return best
}
