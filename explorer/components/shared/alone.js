import { make } from "./dom.js"

// An element of a class within a tree of its own that has a style sheet, as Streamlit mounts components: for pages that
// are taken home.
export function mountedAlone(host, className, style) {
  const root = make("div", { className })
  host.attachShadow({ mode: "open" }).append(make("style", { textContent: style }), root)
  return root
}
