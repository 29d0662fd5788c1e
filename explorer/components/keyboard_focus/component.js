import { Focus } from "./focus.js"

const keepers = new WeakMap() // parent element -> what keeps the focus for it

export default function ({ parentElement }) {
  if (!keepers.has(parentElement)) keepers.set(parentElement, new Focus())
  return () => {
    keepers.get(parentElement)?.end()
    keepers.delete(parentElement)
  }
}
