import { copied, keepAddress } from "./address.js"

const SAID = 20_000 // milliseconds that an answer stays

export default function ({ data, parentElement }) {
  const { parameters, session, moment, words } = data
  keepAddress(parameters, session, moment)
  const button = parentElement.querySelector("button")
  button.hidden = !words
  if (!words) return
  const status = parentElement.querySelector("span")
  button.textContent = words.copy_link
  button.onclick = async () => {
    const link = location.href
    status.textContent = (await copied(link)) ? words.link_copied : `${words.link_by_hand} ${link}`
    setTimeout(() => (status.textContent = ""), SAID)
  }
}
