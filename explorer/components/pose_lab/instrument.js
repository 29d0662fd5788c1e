import { Decoder } from "../network/decoder.js"
import { tensorsOf } from "../network/tensors.js"
import { fileAt } from "../shared/files.js"
import { gunzipped } from "../shared/gunzip.js"
import { FigureFour } from "./figure_four.js"
import { IdleWork } from "./idle_work.js"
import { Lab } from "./lab.js"
import { Loop } from "./loop.js"
import { Morph } from "./morph.js"

const VIEWS = { lab: Lab, figure: FigureFour, loop: Loop, morph: Morph }

// All views of poses on a page, the decoders that they share, and what one view does to another.
export class Instrument {
  // `decoderAt(address)` promises the decoder in a file.
  constructor(views = VIEWS, decoderAt = fetchedDecoder) {
    this.views = views
    this.decoderAt = decoderAt
    this.decoders = new Map() // digest of a checkpoint -> its decoder
    this.coming = new Set() // digests of those that are under way
    this.mounts = new Map() // root element -> what stands in it: { data, view, shape }
    this.idle = new IdleWork()
    this.order = "effect" // of the sliders, or "number"
  }

  // Shows a view in a root element, or what has changed in it. `data` holds
  // view, digest, decoder_address, subject, side, own, words, and send(event, value), which tells Python of what was done.
  show(root, data) {
    const mount = this.mounts.get(root) ?? {}
    this.mounts.set(root, mount)
    mount.data = data
    root.dataset.view = data.view
    this.refresh(root, mount)
  }

  remove(root) {
    this.mounts.get(root)?.view?.end()
    this.mounts.delete(root)
  }

  // Sets the sliders to a pose of the subject that they turn.
  choose(subject, pose) {
    for (const { data, view } of this.mounts.values())
      if (data.view === "lab" && data.subject === subject) view?.choose(pose)
  }

  // Has the sliders show the pose that is read while the pen moves; null: their own again.
  follow(reading) {
    for (const { data, view } of this.mounts.values())
      if (data.view === "lab" && (!reading || reading.digest === data.digest)) view?.follow(reading)
  }

  refresh(root, mount) {
    const { data } = mount
    data.decoder = this.decoders.get(data.digest)
    root.setAttribute("aria-busy", !data.decoder)
    if (!data.decoder) return this.wait(root, mount)
    const shape = JSON.stringify([data.side, data.own.length, data.words]) // another network or language has another
    if (mount.shape !== shape) {
      mount.view?.end()
      mount.view = new this.views[data.view](root, data, this)
      mount.shape = shape
    }
    mount.view.update(data)
  }

  // The sliders say what is waited for; what was shown of another network stays meanwhile.
  wait(root, { data, view }) {
    if (!view) root.replaceChildren(data.view === "lab" ? data.words.waiting : "")
    if (!this.coming.has(data.digest)) this.fetch(data)
  }

  async fetch({ digest, decoder_address }) {
    const start = performance.now()
    this.coming.add(digest)
    try {
      this.decoders.set(digest, await this.decoderAt(decoder_address))
      performance.measure("decoder", { start })
      for (const [root, mount] of this.mounts) this.refresh(root, mount)
    } catch (error) {
      this.fail(digest, error)
    } finally {
      this.coming.delete(digest)
    }
  }

  // It never came, it is not what a decoder is, or the browser lacks what reading it takes.
  fail(digest, error) {
    console.warn("The decoder can't be used here:", error)
    for (const { data } of this.mounts.values())
      if (data.view === "lab" && data.digest === digest) data.send("failed", digest)
  }
}

async function fetchedDecoder(address) {
  return Decoder.of(tensorsOf(await gunzipped(await fileAt(address))).tensors)
}
