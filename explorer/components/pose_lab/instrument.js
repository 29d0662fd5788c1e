import { Decoder } from "../network/decoder.js"
import { FigureFour } from "./figure_four.js"
import { IdleWork } from "./idle_work.js"
import { Lab } from "./lab.js"
import { Loop } from "./loop.js"
import { Morph } from "./morph.js"
import { unpackedLayers } from "./unpack.js"

const VIEWS = { lab: Lab, figure: FigureFour, loop: Loop, morph: Morph }
const GRACE = 3000 // milliseconds that a decoder may come after the word that it was sent

// All views of poses on a page: their decoders, what is asked of Python for them, and what one view does to another.
//
// A decoder is asked for once. Whoever delivers it answers each request once, however often it is repeated, so that
// weights on their way are never sent twice; a request is dropped, and a new one made, only when Python says that it
// was answered before and nothing has come of it.
export class Instrument {
  constructor(views = VIEWS) {
    this.views = views
    this.decoders = new Map() // digest of a checkpoint -> its decoder
    this.requests = new Map() // digest -> { token, since, late }, while its decoder is under way
    this.mounts = new Map() // root element -> what stands in it: { data, view, shape, asked }
    this.idle = new IdleWork()
    this.order = "effect" // of the sliders, or "number"
  }

  // Shows a view in a root element, or what has changed in it. `data` holds
  // view, digest, subject, side, own, words, asks: whether this view asks for decoders,
  // requested: the token of the request that Python knows, null if none,
  // send(event, value): tells Python of what was done, and request({ digest, token }): asks it for a decoder.
  show(root, data) {
    const mount = this.mounts.get(root) ?? {}
    this.mounts.set(root, mount)
    mount.data = data
    mount.asked = data.requested
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

  // Takes a decoder over, whenever it comes. Without weights: the word that they were sent in an earlier message.
  deliver({ digest, token, weights, layers }) {
    const request = this.requests.get(digest)
    if (!weights) {
      if (request?.token === token) this.expect(digest, request)
      return
    }
    try {
      this.decoders.set(digest, new Decoder(unpackedLayers(weights, layers)))
    } catch (error) {
      this.fail(digest, error)
      return
    }
    if (request) performance.measure("decoder", { start: request.since })
    this.forget(digest)
    for (const [root, mount] of this.mounts) this.refresh(root, mount)
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

  // One view says what is waited for, and asks for all; what was shown of another network stays meanwhile.
  wait(root, mount) {
    const { asks, words } = mount.data
    if (!mount.view) root.replaceChildren(asks ? words.waiting : "")
    if (asks) this.ask(mount)
  }

  // The same request for all that lack a decoder: it is known by its token.
  ask(mount) {
    const { digest, request } = mount.data
    if (!this.requests.has(digest))
      this.requests.set(digest, { token: `${Date.now()}-${Math.random()}`, since: performance.now() })
    const { token } = this.requests.get(digest)
    if (mount.asked === token) return
    mount.asked = token
    request({ digest, token })
  }

  // Weights that were sent come very soon, or are lost: then they are asked for anew.
  expect(digest, request) {
    request.late ??= setTimeout(() => {
      this.requests.delete(digest)
      for (const [root, mount] of this.mounts) if (mount.data.digest === digest) this.refresh(root, mount)
    }, GRACE)
  }

  // A real error: it is not what a decoder is, or the browser lacks what reading it takes.
  fail(digest, error) {
    console.warn("The decoder can't be used here:", error)
    if (this.decoders.has(digest)) return // from an earlier message
    this.forget(digest)
    for (const { data } of this.mounts.values()) if (data.asks && data.digest === digest) data.send("failed", digest)
  }

  forget(digest) {
    clearTimeout(this.requests.get(digest)?.late)
    this.requests.delete(digest)
  }
}
