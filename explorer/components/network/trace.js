// What the parts of a network computed on the way, as arrays of the caller's own, which may be sent elsewhere.

// Of `CapsuleNetwork.read`: { primary u_i [I, P], votes u_hat_j|i [I, J, D], couplings c_ij [R, I, J], agreements a_ij
// [R, I, J], sums s_j [R, J, D], poses v_j [R, J, D], lengths |v_j| [R, J] }, as explorer/reading.py has them.
export function traceOf({ primary, votes, steps }) {
  const all = name => joinedNumbers(steps.map(step => step[name]))
  return {
    primary: primary.slice(),
    votes: votes.slice(),
    couplings: all("couplings"),
    agreements: all("agreements"),
    sums: all("sums"),
    poses: all("poses"),
    lengths: all("lengths"),
  }
}

// The first convolution's maps after their ReLU, [C, places], from features [places, C].
export function featureMapsOf(features, channels) {
  const places = features.length / channels
  const maps = new Float32Array(features.length)
  for (let place = 0, n = 0; place < places; place++)
    for (let c = 0; c < channels; c++) maps[c * places + place] = Math.max(0, features[n++])
  return maps
}

function joinedNumbers(arrays) {
  const joined = new Float32Array(arrays.length * arrays[0].length)
  arrays.forEach((array, n) => joined.set(array, n * array.length))
  return joined
}
