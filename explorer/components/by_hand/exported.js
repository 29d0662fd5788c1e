import { mountedAlone } from "../shared/alone.js"
import { ByHand } from "./by_hand.js"

// One capsule on a page of its own: `data` as its component gets it. It is the same one all the time.
export default function (host, data, style) {
  new ByHand(mountedAlone(host, "by-hand", style)).show(data)
}
