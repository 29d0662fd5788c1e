// What the race draws, worked out from agreements: as explorer/measures/pull.py does it from votes. Shape letters: I
// primary capsules, J digit capsules, R iterations; all arrays are flat.

// `routed`: { agreements [R,I,J], lengths [R,J], strengths [I], beta, sizes: { R, I, J, places } }, from `unpacked` or
// `traced`. Gives it back with couplings and pulls [R,I,J], forward and back [R,J], and shares [R,J,places].
export function pulled(routed) {
  const { R, I, J } = routed.sizes
  const couplings = couplingsOf(routed)
  const pulls = new Float32Array(R * I * J)
  const forward = new Float64Array(R * J)
  const back = new Float64Array(R * J)
  for (let r = 0, n = 0; r < R; r++)
    for (let i = 0; i < I; i++)
      for (let j = 0; j < J; j++, n++) {
        const length = routed.lengths[r * J + j]
        // e_ij = c_ij a_ij / |v_j|
        const pull = length > 0 ? (couplings[n] * routed.agreements[n]) / length : 0
        pulls[n] = pull
        if (pull > 0) forward[r * J + j] += pull
        else back[r * J + j] -= pull
      }
  return { ...routed, couplings, pulls, forward, back, shares: sharesOf(couplings, routed), orders: [] }
}

// b_ij <- 0, then the sum of all agreements so far; c_i = softmax(beta b_i) over j.
function couplingsOf({ agreements, beta, sizes: { R, I, J } }) {
  const couplings = new Float32Array(R * I * J)
  const logits = new Float64Array(I * J)
  for (let r = 0; r < R; r++) {
    for (let i = 0; i < I; i++) {
      let largest = -Infinity,
        total = 0
      for (let n = i * J; n < (i + 1) * J; n++) if (logits[n] > largest) largest = logits[n]
      for (let n = i * J; n < (i + 1) * J; n++)
        total += couplings[r * I * J + n] = Math.exp(beta * (logits[n] - largest))
      for (let n = i * J; n < (i + 1) * J; n++) couplings[r * I * J + n] /= total
    }
    for (let n = 0; n < I * J; n++) logits[n] += agreements[r * I * J + n]
  }
  return couplings
}

// In which order the steps of digit j are laid, [I]: by the last iteration, the same in all. Forward ones come first, the
// strongest of all first; then those back, the strongest last.
export function orderOf({ pulls, orders, sizes: { R, I, J } }, j) {
  const pull = i => pulls[((R - 1) * I + i) * J + j]
  orders[j] ??= Int32Array.from({ length: I }, (_, i) => i).sort((one, other) => pull(other) - pull(one) || one - other)
  return orders[j]
}

// What share of all that a place says goes to each digit; over the digits these sum to 1.
function sharesOf(couplings, { strengths, sizes: { R, I, J, places } }) {
  const shares = new Float32Array(R * J * places)
  const whole = new Float32Array(places)
  for (let i = 0; i < I; i++) whole[i % places] += strengths[i]
  for (let r = 0, n = 0; r < R; r++)
    for (let i = 0; i < I; i++)
      for (let j = 0; j < J; j++, n++) shares[(r * J + j) * places + (i % places)] += strengths[i] * couplings[n]
  return shares.map((share, n) => (whole[n % places] > 0 ? share / whole[n % places] : 1 / J))
}

// The share of its output that each primary capsule has moved away from an equal share, [I].
export function movedOf({ couplings, sizes: { R, I, J } }) {
  return Float32Array.from({ length: I }, (_, i) => {
    let sum = 0
    for (let j = 0; j < J; j++) sum += Math.abs(couplings[((R - 1) * I + i) * J + j] - 1 / J)
    return sum / 2
  })
}

// What each place brings to digit j in iteration r (from 0), [places].
export function placesOf({ pulls, sizes: { I, J, places } }, r, j) {
  const sums = new Float32Array(places)
  for (let i = 0; i < I; i++) sums[i % places] += pulls[(r * I + i) * J + j]
  return sums
}

// The primary capsule at a place that pulls most, in the direction in which the place does.
export function strongestAt(found, r, j, place) {
  const { pulls, sizes } = found
  const { I, J, places } = sizes
  const sign = placesOf(found, r, j)[place] >= 0 ? 1 : -1
  let best = place
  for (let i = place; i < I; i += places)
    if (sign * pulls[(r * I + i) * J + j] > sign * pulls[(r * I + best) * J + j]) best = i
  return best
}

// The primary capsules that pull digit j forward most after the last iteration, at most `count`; all of them where it is I.
export function strongestOf(found, j, count) {
  const { pulls, sizes } = found
  const { R, I, J } = sizes
  return [...orderOf(found, j).subarray(0, count)].filter(i => count >= I || pulls[((R - 1) * I + i) * J + j] > 0)
}
