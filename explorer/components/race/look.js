import { lookIn } from "./looks.js"

// What is looked at in a race, without all that it shows: mounted beside it, so that a word of the person costs little.
export default function ({ data, setStateValue, setTriggerValue }) {
  const shared = lookIn(data.race)
  shared.tell = look => setStateValue("look", look)
  shared.iterate = count => setTriggerValue("iterate", count)
  shared.look = data.look
  shared.begin?.()
  if (!shared.awaits) shared.race?.lookAt(data.look) // not in the digit before
}
