// The part of one primary capsule i in routing (Sabour, Frosst, Hinton 2017, Procedure 1), from its own votes and the
// outputs of the digit capsules. Letters: J digit capsules, D numbers in a pose, R iterations.

// votes u_hat_j|i [J][D] and poses v_j [R][J][D] to { agreements a_ij [R][J], logits b_ij and couplings c_ij, both
// [R + 1][J] }: those on entering each iteration, and last those that one more would begin with. inverseTemperature:
// beta, 1 in the paper.
export function partOf(votes, poses, inverseTemperature) {
  const agreements = poses.map(pose => votes.map((vote, j) => dot(vote, pose[j])))
  const logits = [votes.map(() => 0)]
  for (const added of agreements) logits.push(logits.at(-1).map((logit, j) => logit + added[j]))
  return { agreements, logits, couplings: logits.map(row => shares(row, inverseTemperature)) }
}

export function dot(one, other) {
  let sum = 0
  for (let d = 0; d < one.length; d++) sum += one[d] * other[d]
  return sum
}

export const lengthOf = vector => Math.sqrt(dot(vector, vector))

// softmax(beta b)
function shares(logits, inverseTemperature) {
  const largest = Math.max(...logits)
  const grown = logits.map(logit => Math.exp(inverseTemperature * (logit - largest)))
  const total = grown.reduce((sum, share) => sum + share, 0)
  return grown.map(share => share / total)
}
