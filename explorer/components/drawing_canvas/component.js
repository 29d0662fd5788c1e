import { CANVAS, TOLD, broadcast } from "../shared/messages.js"
import { Mounted } from "../shared/mounted.js"
import { DrawingCanvas } from "./drawing_canvas.js"

const canvases = new Mounted()

export default function ({ data, parentElement, setStateValue }) {
  const { put, words } = data
  label(parentElement, words)
  const { canvas } = canvases.at(parentElement, () => begun(data, parentElement, setStateValue))
  canvas.then(one => {
    one.name(words)
    one.show(put)
  })
  return () => canvases.end(parentElement)
}

// A canvas, once the library is there, which is told when the connection is back.
function begun({ library, size }, root, setStateValue) {
  let moment = 0
  const tell = shown => {
    moment = Math.max(Date.now(), moment + 1)
    setStateValue("shown", { ...shown, moment })
    broadcast(TOLD, { moment })
  }
  const seen = paint => broadcast(CANVAS, paint)
  const loaded = import(new URL(library, document.baseURI))
  const canvas = loaded.then(({ default: mount }) => new DrawingCanvas(root, mount, { size, tell, seen }))
  const watch = onReconnect(() => canvas.then(one => one.say()))
  return {
    canvas,
    end: () => {
      watch.disconnect()
      canvas.then(one => one.end())
    },
  }
}

// Streamlit drops what a component says while there is no connection.
function onReconnect(act) {
  const app = document.querySelector("[data-testid=stApp]")
  const state = "data-test-connection-state"
  const watch = new MutationObserver(() => app.getAttribute(state) === "CONNECTED" && act())
  watch.observe(app, { attributeFilter: [state] })
  return watch
}

function label(root, words) {
  root.querySelector(".hint").textContent = words.hint
  for (const name of ["undo", "clear", "move"]) {
    root.querySelector(`.${name}`).setAttribute("aria-label", words[name])
    root.querySelector(`.${name}`).title = words[name]
  }
  root.querySelector(".sheet").setAttribute("aria-label", words.canvas)
  const pens = root.querySelector(".pens")
  pens.setAttribute("aria-label", words.pens)
  pens.title = words.pens
  ;[...pens.options].forEach((option, at) => (option.textContent = words.widths[at]))
}
