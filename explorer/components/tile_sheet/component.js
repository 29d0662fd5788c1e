import { layOut } from "./tile_sheet.js"

export default async function ({ data, parentElement, setTriggerValue }) {
  await layOut(parentElement.querySelector(".sheet"), data, index => setTriggerValue("chosen", index))
}
