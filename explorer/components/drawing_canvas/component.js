import { DrawingCanvas } from "./drawing_canvas.js"

const desks = new WeakMap() // parent element -> promise of its canvas

export default function ({ data, parentElement, setStateValue }) {
  const { put, words } = data
  label(parentElement, words)
  if (!desks.has(parentElement)) desks.set(parentElement, begun(data, parentElement, setStateValue))
  desks.get(parentElement).then(desk => {
    desk.canvas?.show(put)
  })
  return () => {
    desks.get(parentElement)?.then(desk => desk.end())
    desks.delete(parentElement)
  }
}

async function begun({ library, size, pen }, root, setStateValue) {
  const { default: mount } = await import(new URL(library, document.baseURI))
  let moment = 0
  const tell = shown => setStateValue("shown", { ...shown, moment: (moment = Math.max(Date.now(), moment + 1)) })
  const canvas = new DrawingCanvas(root, mount, { size, pen, tell })
  const watch = onReconnect(() => canvas.say())
  return {
    canvas,
    end: () => {
      watch.disconnect()
      canvas.end()
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
  for (const name of ["undo", "clear", "hint"]) root.querySelector(`.${name}`).textContent = words[name]
  root.querySelector(".sheet").setAttribute("aria-label", words.canvas)
  root.querySelector(".pens legend").textContent = words.pens
  root.querySelectorAll(".pens input").forEach((pen, at) => pen.setAttribute("aria-label", words.widths[at]))
}
