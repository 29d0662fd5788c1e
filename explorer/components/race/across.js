// The part of each vote for digit j across the capsule's output v_j, along the direction in which the votes vary most,
// [I]: as explorer/measures/plane.py has it. votes [I, J, D], poses [J, D].
export function acrossOf(votes, poses, { I, J, D }, j) {
  const along = unitOf(poses.subarray(j * D, (j + 1) * D))
  const vote = i => votes.subarray((i * J + j) * D, (i * J + j + 1) * D)
  const left = new Float64Array(I * D) // the votes without what lies along the output
  const mean = new Float64Array(D)
  for (let i = 0; i < I; i++) {
    const own = vote(i)
    const share = dot(own, along)
    for (let d = 0; d < D; d++) mean[d] += (left[i * D + d] = own[d] - share * along[d]) / I
  }
  const axis = firstComponent(covariance(left, mean, I, D), D)
  return Float32Array.from({ length: I }, (_, i) => dot(vote(i), axis))
}

function covariance(values, mean, I, D) {
  const matrix = new Float64Array(D * D)
  const centred = new Float64Array(D)
  for (let i = 0; i < I; i++) {
    for (let d = 0; d < D; d++) centred[d] = values[i * D + d] - mean[d]
    for (let d = 0; d < D; d++) for (let e = 0; e < D; e++) matrix[d * D + e] += centred[d] * centred[e]
  }
  return matrix
}

// The direction of most variance: a matrix squared again and again leaves nothing but that. Its greatest number is
// positive, so that it never flips.
function firstComponent(matrix, D) {
  for (let round = 0; round < 12; round++) {
    const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    if (!largest) return new Float64Array(D)
    const next = new Float64Array(D * D)
    for (let d = 0; d < D; d++)
      for (let k = 0; k < D; k++)
        for (let e = 0; e < D; e++)
          next[d * D + e] += (matrix[d * D + k] / largest) * (matrix[k * D + e] / largest)
    matrix = next
  }
  const strongest = [...Array(D).keys()].reduce((a, b) => (matrix[b * D + b] > matrix[a * D + a] ? b : a))
  const axis = unitOf(matrix.subarray(strongest * D, (strongest + 1) * D))
  const greatest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return greatest < 0 ? axis.map(value => -value) : axis
}

function unitOf(vector) {
  const length = Math.hypot(...vector)
  return Float64Array.from(vector, value => (length > 0 ? value / length : 0))
}

function dot(one, other) {
  let sum = 0
  for (let d = 0; d < one.length; d++) sum += one[d] * other[d]
  return sum
}
