import { Decoder } from "./decoder.js"
import { inkOf, isDot } from "./drawing.js"
import { CapsuleNetwork } from "./network.js"
import { normalise } from "./normalise.js"
import { featureMapsOf, traceOf } from "./trace.js"
import { misfitOf, twoLongest, verdict } from "./verdict.js"

// Pictures to what a page shows of them, by one network; its decoder may come later.
export class Reader {
  // settings: { config, frame, thresholds }, see packing.py; networkTensors: see `CapsuleNetwork`.
  constructor({ config, frame, thresholds }, networkTensors) {
    this.config = config
    this.frame = frame
    this.thresholds = thresholds
    this.network = new CapsuleNetwork(config, networkTensors)
    this.decoder = null
  }

  giveDecoder(tensors) {
    this.decoder = Decoder.of(tensors)
  }

  // What is on a square canvas, RGBA; null where that is nothing, or a slip of the pen. See `read`.
  readCanvas(rgba, width, options) {
    const ink = inkOf(rgba, width)
    return isDot(ink, width) ? null : this.read(normalise(ink, width, width, this.frame), options)
  }

  // A picture, 0..1, to a plain reading that is the caller's own; null to null. It holds { image, lengths [J],
  // couplings [I, J], poses [J, D], winner, rival, doubt, reconstruction }, the last as the winner draws it. Before the
  // decoder is there it is null, and no reading is doubted for it.
  //
  // iterations: as many as in training, where none are given; silenced: see `CapsuleNetwork.read`.
  // details: names of what else it shall hold: "trace", see `traceOf`, and "features", see `featureMapsOf`.
  read(image, { iterations = this.config.iterations, silenced = [], details = [] } = {}) {
    if (!image) return null
    const found = this.network.read(image, iterations, silenced)
    const { lengths, couplings, poses } = found.steps.at(-1)
    const reconstruction = this.draw(poses, twoLongest(lengths).winner)
    const misfit = reconstruction && misfitOf(image, reconstruction)
    return {
      image,
      lengths,
      couplings,
      poses,
      reconstruction,
      ...verdict(lengths, misfit, this.thresholds, iterations, this.config.iterations),
      ...(details.includes("trace") && { trace: traceOf(found) }),
      ...(details.includes("features") && { features: featureMapsOf(found.features, this.config.feature_channels) }),
    }
  }

  draw(poses, capsule) {
    const { digit_pose: D } = this.config
    return this.decoder && this.decoder.decode(capsule, poses.subarray(capsule * D, (capsule + 1) * D)).slice()
  }
}
