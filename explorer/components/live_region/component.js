import { announce } from "./announce.js"

export default function ({ data, parentElement }) {
  announce(parentElement.querySelector("[role=status]"), data.words)
}
