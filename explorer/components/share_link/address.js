// The address line and the clipboard.

let newest = 0 // moment of what was written last

// Writes parameters into the address line, unless something newer stands there. There is no entry of its own in the
// history: going back leads to the page before, with what was drawn since.
export function keepAddress(parameters, moment) {
  if (moment < newest) return
  newest = moment
  if (location.search === `?${parameters}`) return
  history.replaceState(history.state, "", `${location.pathname}?${parameters}${location.hash}`)
}

// Whether a text is on the clipboard now. The newer way is closed to pages that came over plain HTTP, as in a classroom.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection(text)
  }
}

function copiedBySelection(text) {
  const area = document.createElement("textarea")
  area.value = text
  area.style.cssText = "position: fixed; opacity: 0"
  document.body.append(area)
  area.select()
  const done = document.execCommand("copy")
  area.remove()
  return done
}
