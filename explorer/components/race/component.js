import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { lookIn } from "./looks.js"
import { Race } from "./race.js"
import { unpacked } from "./routed.js"

const races = new Mounted()

// All that a race shows; what is looked at in it is told by look.js.
export default function ({ data, parentElement }) {
  const shared = lookIn(data.race)
  const root = parentElement.querySelector(".race")
  const acts = { tell: look => shared.tell(look), iterate: count => shared.iterate(count) }
  colour(root, data.palette)
  const race = races.at(root, () => new Race(root, data.words, acts))
  shared.race = race
  arrive(race, data, shared)
  return () => {
    if (shared.race === race) shared.race = null
    races.end(root)
  }
}

// Data that was sent later is there later; either of the two that are mounted may come first.
async function arrive(race, data, shared) {
  race.newest = data
  shared.awaits = true
  const routed = await unpacked(data)
  if (race.newest !== data) return
  shared.begin = () => {
    Object.assign(shared, { begin: null, awaits: false })
    if (shared.race !== race) return
    race.take(routed, data.words, shared.look)
    if (data.stand) race.stand(data.stand)
  }
  if (shared.look) shared.begin()
}
