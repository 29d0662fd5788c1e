// Keeps the address line at the view that is seen, and copies it.

// Whether the text is on the clipboard. Pages of a school's network come over plain HTTP, where the newer way is closed.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    area.style.cssText = "position: fixed; opacity: 0"
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}

let newest = 0 // moment of what was written last

export default function ({ data, parentElement }) {
  const { parameters, moment, words } = data
  if (moment >= newest) {
    newest = moment
    // No entry of its own in the history: going back leads to the page before, with what was drawn since.
    const address = `${location.pathname}?${parameters}${location.hash}`
    if (location.search !== `?${parameters}`) history.replaceState(history.state, "", address)
  }
  const button = parentElement.querySelector("button")
  button.hidden = !words
  if (!words) return
  const status = parentElement.querySelector("span")
  button.textContent = words.copy_link
  button.onclick = async () => {
    const link = location.href
    status.textContent = (await copied(link)) ? words.link_copied : `${words.link_by_hand} ${link}`
    setTimeout(() => (status.textContent = ""), 20000)
  }
}
