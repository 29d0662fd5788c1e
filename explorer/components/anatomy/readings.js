import { tensorsOf } from "../network/tensors.js"
import { gunzipped } from "../shared/gunzip.js"
import { lengthsOf, pullsOf } from "./lineage.js"

// What is shown of a digit, whoever has read it: flat Float32Arrays of
// image and reconstruction of the winner [H W], features [C, h w], primary u [I, P], and of the last iteration
// couplings c [I, J], pulls e [I, J], sums |s| [J], poses v [J, D], lengths |v| [J]; all lengths are in
// `lengthsByIteration` [R, J].

// A reading of the server's, packed as in packing.py; it also has `pictures`, what each capsule draws [J, H W], `dial`,
// `strokes`, and what goes for all readings of the network: `directions` [J, K, D] and `empty` [channels, P].
export async function servedReading(arrays) {
  const packed = Uint8Array.from(atob(arrays), letter => letter.charCodeAt(0))
  const { tensors } = tensorsOf(await gunzipped(packed))
  const classes = tensors.sums.length
  return { ...tensors, lengthsByIteration: tensors.lengths, lengths: tensors.lengths.slice(-classes) }
}

// A reading of the network in the browser; null where it says less than is shown.
export function liveReading({ image, features, trace, winner, rival, doubt, reconstruction }, config) {
  if (!trace || !features) return null
  const { primary_capsules: I, digit_capsules: J, digit_pose: D } = config
  const last = (name, size) => trace[name].subarray(trace[name].length - size)
  const [couplings, agreements] = ["couplings", "agreements"].map(name => last(name, I * J))
  const lengths = last("lengths", J)
  return {
    image,
    features,
    primary: trace.primary,
    couplings,
    pulls: pullsOf(couplings, agreements, lengths),
    sums: lengthsOf(last("sums", J * D), D),
    poses: last("poses", J * D),
    lengths,
    lengthsByIteration: trace.lengths,
    reconstruction,
    winner,
    rival,
    doubt,
  }
}
