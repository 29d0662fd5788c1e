// What components of a page tell one another. Each is a script of its own, so they speak by events of the window.

// What is on the canvas has changed: { paint(context, size) } draws it, also a stroke that is still being drawn; null
// where it is a digit that only the server can read.
export const CANVAS = "capsnet-canvas"

// What is on the canvas was told to the server: { moment }.
export const TOLD = "capsnet-told"

// The page shows all that the server made of what it was told: { moment }.
export const SERVED = "capsnet-served"

// What the network in the browser reads at this moment: see `Reader`; null: what the server said holds.
export const READING = "capsnet-reading"

// Where the race of the routing page stands, a true state and never one between two: { iteration (1..R), phase (c, s, v
// or b), focus and rival (classes), followed (a primary capsule) }.
export const MOMENT = "capsnet-moment"

// Asked before a reading: views add to `wanted`, a Set, the details that they need, see `Reader.read`.
export const DETAILS = "capsnet-details"

// Whether the network in the browser can be asked has changed: { ready }.
export const NETWORK = "capsnet-network"

// See ask_network.js.
export const QUESTION = "capsnet-question"

export function broadcast(name, detail) {
  dispatchEvent(new CustomEvent(name, { detail }))
}

// Calls `act` with each message from now on, until the function is called that this gives.
export function onMessage(name, act) {
  const listener = ({ detail }) => act(detail)
  addEventListener(name, listener)
  return () => removeEventListener(name, listener)
}
