// The component: keeps decoders, asks Python for those it lacks, and shows one of the views.
// Called again with each change of data or theme; elements stay, so that a drag goes on.

const PATIENCE = 5000 // milliseconds until missing weights are asked for again
const TRIES = 2

const views = { lab: Lab, figure: FigureFour, loop: Loop, morph: Morph }
const decoders = new Map() // digest of a checkpoint -> its decoder; outlives pages
const mounts = new Map() // root element -> what stands in it: { data, view, shape, asked, asking }

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pose-lab")
  const mount = mounts.get(root) ?? {}
  mounts.set(root, mount)
  mount.data = { ...data, send: setTriggerValue, colours: Uint32Array.from(data.colours) }
  root.dataset.view = data.view
  show(root, mount)
  if (data.asks && !mount.data.decoder && mount.asked !== data.digest) ask(mount, TRIES)
  return () => {
    clearTimeout(mount.asking)
    mount.view?.end()
    mounts.delete(root)
  }
}

function show(root, mount) {
  const { data } = mount
  data.decoder = decoders.get(data.digest)
  root.setAttribute("aria-busy", !data.decoder)
  if (!data.decoder) return void (data.asks || mount.view || root.replaceChildren()) // one view says what is waited for
  clearTimeout(mount.asking)
  const shape = `${data.side} pixels, ${data.own.length} numbers` // which another network may have otherwise
  if (mount.shape !== shape) {
    mount.view?.end()
    mount.view = new views[data.view](root, data)
    mount.shape = shape
  }
  mount.view.update(data)
}

// Weights come only when they are asked for, by the one view that does it for all.
function ask(mount, tries) {
  const { digest, send } = mount.data
  if (tries === 0) return send("failed", digest)
  if (tries === TRIES) mount.since = performance.now()
  mount.asked = digest
  send("wanted", digest)
  mount.asking = setTimeout(() => ask(mount, tries - 1), PATIENCE)
}

addEventListener("capsnet-decoder", ({ detail: { digest, weights, layers } }) => {
  const sliders = [...mounts.values()].find(({ data }) => data.asks) // none, where the page was left meanwhile
  try {
    decoders.set(digest, new Decoder(weights, layers))
    performance.measure("decoder", { start: sliders?.since })
  } catch (error) {
    console.warn("The decoder can't be used here:", error)
    return sliders?.data.send("failed", digest)
  }
  for (const [root, mount] of mounts) show(root, mount)
})
