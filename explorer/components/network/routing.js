// Routing by agreement: Procedure 1 of Sabour, Frosst, Hinton 2017, as capsnet/routing.py has it. Shape letters, too:
// I primary capsules, J digit capsules, D numbers in a digit capsule's pose.

// Shrinks a vector, `size` numbers from `start`, to a length in [0, 1), which it returns; keeps the vector's direction
// (equation 1).
export function squash(numbers, start, size) {
  let squares = 0
  for (let d = start; d < start + size; d++) squares += numbers[d] * numbers[d]
  const length = Math.sqrt(squares)
  // v = s |s| / (1 + |s|^2)
  for (let d = start; d < start + size; d++) numbers[d] *= length / (1 + squares)
  return squares / (1 + squares)
}

// votes u_hat [I, J, D] to what each iteration finds: c_ij couplings [I, J], s_j sums [J, D], v_j poses [J, D], |v_j|
// lengths [J] and a_ij = u_hat_j|i . v_j agreements [I, J]. sizes: { capsules: I, classes: J, pose: D };
// inverseTemperature: beta, 1 in the paper.
export function routingSteps(votes, sizes, iterations, inverseTemperature) {
  if (!(iterations >= 1)) throw new Error(`iterations must be at least 1; got ${iterations}`)
  const { capsules, classes } = sizes
  const logits = new Float32Array(capsules * classes) // b_ij <- 0                          [I, J]
  return Array.from({ length: iterations }, () => {
    // c_i <- softmax(beta b_i), over j
    const couplings = new Float32Array(capsules * classes)
    for (let i = 0; i < capsules; i++) softmax(couplings, logits, i * classes, classes, inverseTemperature)
    // s_j <- sum_i c_ij u_hat_j|i
    const sums = weightedSums(couplings, votes, sizes) // [J, D]
    // v_j <- squash(s_j)
    const poses = sums.slice()
    const lengths = Float32Array.from({ length: classes }, (_, j) => squash(poses, j * sizes.pose, sizes.pose))
    // b_ij <- b_ij + u_hat_j|i . v_j
    const agreements = agreementsWith(poses, votes, sizes)
    agreements.forEach((agreement, n) => (logits[n] += agreement))
    return { couplings, sums, poses, lengths, agreements }
  })
}

function agreementsWith(poses, votes, { capsules, classes, pose: D }) {
  const agreements = new Float32Array(capsules * classes)
  for (let i = 0, n = 0; i < capsules; i++)
    for (let j = 0; j < classes; j++) {
      let agreement = 0
      for (let d = 0; d < D; d++) agreement += votes[n++] * poses[j * D + d]
      agreements[i * classes + j] = agreement
    }
  return agreements
}

function softmax(shares, logits, start, count, inverseTemperature) {
  let largest = -Infinity,
    total = 0
  for (let j = start; j < start + count; j++) if (logits[j] > largest) largest = logits[j]
  for (let j = start; j < start + count; j++)
    total += shares[j] = Math.exp(inverseTemperature * (logits[j] - largest))
  for (let j = start; j < start + count; j++) shares[j] /= total
}

function weightedSums(couplings, votes, { capsules, classes, pose: D }) {
  const sums = new Float64Array(classes * D) // a thousand small votes a sum
  for (let i = 0, n = 0; i < capsules; i++)
    for (let j = 0; j < classes; j++) {
      const coupling = couplings[i * classes + j]
      for (let d = 0; d < D; d++) sums[j * D + d] += coupling * votes[n++]
    }
  return Float32Array.from(sums)
}
