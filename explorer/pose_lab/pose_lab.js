// The component: keeps decoders, asks Python for those it lacks, and shows one of the views.
// Called again with each change of data or theme; elements stay, so that a drag goes on.

const PATIENCE = 5000 // milliseconds until missing weights are asked for again
const TRIES = 2

const views = { lab: Lab, figure: FigureFour, morph: Morph }
const decoders = new Map() // digest of a checkpoint -> its decoder; outlives pages
const shown = new Map() // root element -> { view, data }

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pose-lab")
  const mount = shown.get(root) ?? {}
  shown.set(root, mount)
  root.dataset.view = data.view
  mount.data = { ...data, send: setTriggerValue, colours: Uint32Array.from(data.colours) }
  if (data.weights && !receive(data)) return setTriggerValue("failed", data.digest)
  show(root, mount)
  if (!decoders.has(data.digest)) ask(mount, data)
  return () => {
    clearTimeout(mount.asking)
    mount.view?.end()
    shown.delete(root)
  }
}

function receive({ digest, weights, layers }) {
  try {
    decoders.set(digest, new Decoder(weights, layers))
  } catch (error) {
    console.warn("The decoder can't be used here:", error)
    return false
  }
  for (const [root, mount] of shown) show(root, mount)
  return true
}

function show(root, mount) {
  const decoder = decoders.get(mount.data.digest)
  root.setAttribute("aria-busy", !decoder)
  if (!decoder) return
  clearTimeout(mount.asking)
  mount.data.decoder = decoder
  mount.view ??= new views[mount.data.view](root, mount.data)
  mount.view.update(mount.data)
}

// Weights come only when they are asked for, by one of the views that need them.
function ask(mount, { digest, asks, send = mount.data.send }, tries = 1) {
  if (!asks || mount.asked === digest) return
  mount.asked = digest
  send("wanted", digest)
  mount.asking = setTimeout(() => {
    mount.asked = undefined
    if (tries < TRIES) ask(mount, mount.data, tries + 1)
    else send("failed", digest)
  }, PATIENCE)
}
