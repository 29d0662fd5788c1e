import { Convolution } from "./convolution.js"
import { routingSteps, squash } from "./routing.js"
import { Rows } from "./rows.js"
import { tensorNamed } from "./tensors.js"

// The capsule network of Sabour, Frosst, Hinton 2017 (figure 1), one picture at a time, as capsnet/model.py has it.
//
// Shape letters as there: I primary capsules, P numbers in their poses, J digit capsules, D numbers in theirs;
// i = (channel * rows + row) * columns + column.
export class CapsuleNetwork {
  // `config` has the fields of capsnet.config.CapsNetConfig and the sizes that follow from them; `tensors`:
  // "convolution.weights" [kernel, kernel, C], with C the feature channels, "convolution.biases" [C],
  // "primary.weights" [C, kernel, kernel, channels * P], "primary.biases" [channels * P], "transforms" [I, P, J, D].
  constructor(config, tensors) {
    const { kernel_size: kernel, feature_channels: channels } = config
    this.config = config
    this.features = new Convolution({
      size: config.image_size,
      channels: 1,
      kernel,
      stride: 1,
      weights: tensorNamed(tensors, "convolution.weights"),
      biases: tensorNamed(tensors, "convolution.biases"),
    })
    this.maps = new Convolution({
      size: config.feature_size,
      channels,
      kernel,
      stride: config.primary_stride,
      weights: tensorNamed(tensors, "primary.weights"),
      biases: tensorNamed(tensors, "primary.biases"),
    })
    this.transforms = tensorNamed(tensors, "transforms")
    this.sizes = { capsules: config.primary_capsules, classes: config.digit_capsules, pose: config.digit_pose }
    const outputs = config.digit_capsules * config.digit_pose // J D
    const inputs = config.primary_capsules * config.primary_pose // I P
    if (this.transforms.length !== inputs * outputs)
      throw new Error(`the network needs ${inputs} x ${outputs} transforms; got ${this.transforms.length}`)
    this.primary = new Float32Array(inputs)
    this.votes = new Float32Array(config.primary_capsules * outputs)
    this.rows = new Rows(config.primary_pose)
  }

  // A picture, 0..1, [image_size * image_size], to { features [places, C] before their ReLU, primary u_i [I, P],
  // votes u_hat_j|i [I, J, D], steps }, the last one an iteration, see `routingSteps`; all else is valid until the next
  // call. `silenced` are primary capsules that take no part: their votes are zero.
  read(image, iterations = this.config.iterations, silenced = []) {
    if (image.length !== this.config.image_size ** 2)
      throw new Error(`a picture must have ${this.config.image_size ** 2} pixels; got ${image.length}`)
    const features = this.features.apply(image)
    this.findPrimary(this.maps.apply(features))
    this.vote()
    const { primary, votes, sizes } = this
    const width = sizes.classes * sizes.pose
    for (const i of silenced) votes.fill(0, i * width, (i + 1) * width)
    return { features, primary, votes, steps: routingSteps(votes, sizes, iterations, this.config.inverse_temperature) }
  }

  // maps [rows, columns, channels * P] to poses u_i [I, P]: P channels at one place are one pose.
  findPrimary(maps) {
    const { primary_channels: channels, primary_pose: P, grid_size: grid } = this.config
    for (let place = 0, n = 0; place < grid ** 2; place++)
      for (let channel = 0; channel < channels; channel++) {
        const start = (channel * grid ** 2 + place) * P
        for (let p = 0; p < P; p++) this.primary[start + p] = maps[n++]
        squash(this.primary, start, P)
      }
  }

  // u_hat_j|i = W_ij u_i (equation 2)
  vote() {
    const { primary, votes, transforms, rows } = this
    const { primary_capsules: capsules, primary_pose: P } = this.config
    const width = votes.length / capsules // J D
    votes.fill(0)
    for (let i = 0; i < capsules; i++) {
      rows.clear()
      for (let p = 0; p < P; p++) rows.push((i * P + p) * width, primary[i * P + p])
      rows.addTo(votes, i * width, width, transforms)
    }
  }
}
