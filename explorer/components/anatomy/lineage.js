// What a primary capsule sees, and what it goes to: index arithmetic, as explorer/reading.py and capsnet/config.py have
// it. `config` has the fields of CapsNetConfig and the sizes that follow from them.

// i = (channel * rows + row) * columns + column
export function placeOf(i, { grid_size: grid }) {
  const place = i % grid ** 2
  return { channel: Math.floor(i / grid ** 2), row: Math.floor(place / grid), column: place % grid }
}

export function capsuleAt({ channel, row, column }, { grid_size: grid }) {
  return (channel * grid + row) * grid + column
}

// The square of pixels that a primary capsule sees.
export function patchOf(i, config) {
  const { row, column } = placeOf(i, config)
  const { primary_stride: stride, kernel_size: kernel } = config
  return { x: column * stride, y: row * stride, size: 2 * kernel - 1 }
}

// The square of a feature map that it sees.
export function windowOf(i, config) {
  return { ...patchOf(i, config), size: config.kernel_size }
}

// The `count` primary capsules that pull digit capsule j most, forward or back, the strongest first. pulls e_ij [I, J]
export function pullersOf(pulls, j, classes, count) {
  const strength = i => Math.abs(pulls[i * classes + j])
  const all = Array.from({ length: pulls.length / classes }, (_, i) => i)
  return all.sort((a, b) => strength(b) - strength(a) || a - b).slice(0, count)
}

// Which share of all forward pull on digit capsule j comes from the capsules of each place, [grid * grid]: sums to 1.
export function placeShares(pulls, j, classes, { grid_size: grid }) {
  const shares = new Float32Array(grid ** 2)
  for (let i = 0; i * classes < pulls.length; i++) shares[i % grid ** 2] += Math.max(0, pulls[i * classes + j])
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map(share => (all > 0 ? share / all : 0))
}

// The primary capsule that pulls digit capsule j most forward.
function strongestPull(pulls, j, classes) {
  let best = 0
  for (let i = 1; i * classes < pulls.length; i++) if (pulls[i * classes + j] > pulls[best * classes + j]) best = i
  return best
}

// The same, but a capsule that still pulls half as much is kept: so that the eye can follow while the pen moves.
export function steadyPull(pulls, j, classes, before) {
  const best = strongestPull(pulls, j, classes)
  return before !== null && 2 * pulls[before * classes + j] >= pulls[best * classes + j] ? before : best
}

// How much each primary capsule brings to the length of s_j, forward or back: e_ij = c_ij a_ij / |v_j|, [I, J], of the
// last iteration's couplings c_ij, agreements a_ij = u_hat_j|i . v_j and lengths |v_j|.
export function pullsOf(couplings, agreements, lengths) {
  const classes = lengths.length
  return couplings.map((coupling, n) => {
    const length = lengths[n % classes]
    return length > 0 ? (coupling * agreements[n]) / length : 0
  })
}

// Widths of the bands from groups of channels to digit capsules, [groups, J]: what each group brings to the length of
// s_j, signed. All that come to one digit capsule sum to its length |v_j|: so much as squashing leaves of |s_j|.
export function bandsOf({ pulls, sums, lengths }, groups, { primary_channels: channels, grid_size: grid }) {
  const classes = lengths.length
  const bands = new Float32Array(groups.length * classes)
  groups.forEach(([first, end], group) => {
    for (let i = first * grid ** 2; i < Math.min(end, channels) * grid ** 2; i++)
      for (let j = 0; j < classes; j++) bands[group * classes + j] += pulls[i * classes + j]
  })
  return bands.map((pull, n) => (sums[n % classes] > 0 ? (pull * lengths[n % classes]) / sums[n % classes] : 0))
}

// How far each primary capsule is from where it is when it sees nothing, |u_i - u_0|, [I]. primary u [I, P], empty
// u_0 [channels, P]
export function changesOf(primary, empty, { primary_pose: P, grid_size: grid }) {
  return Float32Array.from({ length: primary.length / P }, (_, i) => {
    const start = Math.floor(i / grid ** 2) * P
    let squares = 0
    for (let p = 0; p < P; p++) squares += (primary[i * P + p] - empty[start + p]) ** 2
    return Math.sqrt(squares)
  })
}

// Lengths of vectors of `size` numbers, one after the other.
export function lengthsOf(vectors, size) {
  return Float32Array.from({ length: vectors.length / size }, (_, n) => Math.hypot(...vectors.subarray(n * size, (n + 1) * size)))
}

// The fewest primary capsules whose forward pulls make half of all forward pulls on digit capsule j.
export function halfOf(pulls, j, classes) {
  const forward = []
  for (let n = j; n < pulls.length; n += classes) if (pulls[n] > 0) forward.push(pulls[n])
  const half = forward.reduce((sum, pull) => sum + pull, 0) / 2
  let reached = 0
  return forward.sort((a, b) => b - a).filter(pull => reached < half && (reached += pull)).length
}

// Primary capsules that moved a tenth of their output or more from an equal share, as explorer/measures/couplings.py.
export function movedOf(couplings, classes) {
  let count = 0
  for (let start = 0; start < couplings.length; start += classes) {
    let moved = 0
    for (let j = 0; j < classes; j++) moved += Math.abs(couplings[start + j] - 1 / classes) / 2
    if (moved >= 0.1) count++
  }
  return count
}
