import { mountedAlone } from "../shared/alone.js"
import { Race } from "./race.js"
import { unpacked } from "./routed.js"

const WITHOUT_NETWORK = ".silence { display: none; }"

// The race on a page of its own: `data` as its component gets it, and what is looked at as `look`.
export default function (host, data, style) {
  const race = new Race(mountedAlone(host, "race", style + WITHOUT_NETWORK), data.words, {})
  unpacked(data).then(routed => race.take(routed, data.words, data.look))
}
