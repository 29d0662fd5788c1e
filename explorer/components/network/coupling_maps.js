// How far the couplings of each place have moved from an equal share, in log2, [J, places]: log2(J sum |u_hat| c /
// sum |u_hat|) over the channels of a place, 0 where there are no votes, as in explorer/measures/over_iterations.py.
export function couplingMapsOf({ couplings, votes }, { digit_capsules: J, digit_pose: D, grid_size: grid }) {
  const places = grid ** 2
  const given = new Float32Array(J * places)
  const whole = new Float32Array(J * places)
  for (let i = 0, n = 0; i * J < couplings.length; i++)
    for (let j = 0; j < J; j++) {
      let squares = 0 // |u_hat_j|i|^2
      for (let d = 0; d < D; d++) squares += votes[n++] ** 2
      const strength = Math.sqrt(squares)
      given[j * places + (i % places)] += strength * couplings[i * J + j]
      whole[j * places + (i % places)] += strength
    }
  return given.map((share, n) => (whole[n] > 0 ? Math.log2((J * share) / whole[n]) : 0))
}
