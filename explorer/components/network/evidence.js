// Where in the picture votes come from that point along each digit capsule's output, or the opposite way, [J, places]:
// e_ij = c_ij u_hat_j|i . v_j / |v_j|, summed over the channels at a place, as in explorer/measures/evidence.py.
export function evidenceOf({ couplings, votes, poses, lengths }, config) {
  const { digit_capsules: J, digit_pose: D, grid_size: grid } = config
  const evidence = new Float32Array(J * grid ** 2)
  for (let i = 0, n = 0; i * J < couplings.length; i++)
    for (let j = 0; j < J; j++) {
      let along = 0 // u_hat_j|i . v_j
      for (let d = 0; d < D; d++) along += votes[n++] * poses[j * D + d]
      if (lengths[j] > 0) evidence[j * grid ** 2 + (i % grid ** 2)] += (couplings[i * J + j] * along) / lengths[j]
    }
  return evidence
}
