import { colour } from "../shared/dom.js"
import { Mounted } from "../shared/mounted.js"
import { Race } from "./race.js"
import { unpacked } from "./routed.js"

const races = new Mounted()
const byKey = new Map() // key of a race -> what is looked at in it: { look, tell, iterate, race }

// Mounted twice for each race: with all that it shows, and, where a word of the person costs little, with what is looked
// at.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!byKey.has(data.race)) byKey.set(data.race, { race: null, look: null, begin: null })
  const shared = byKey.get(data.race)
  if (data.look) {
    shared.tell = look => setStateValue("look", look)
    shared.iterate = count => setTriggerValue("iterate", count)
    shared.look = data.look
    shared.begin?.()
    if (!shared.awaits) shared.race?.lookAt(data.look) // not in the digit before
    return
  }
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
