// The address line and the clipboard.

let newest = { session: null, moment: 0 } // of what was written last

// Writes parameters into the address line, unless something newer of the same session stands there: moments of another
// one, as of a server that was started anew, can't be compared. There is no entry of its own in the history: going back
// leads to the page before, with what was drawn since.
export function keepAddress(parameters, session, moment) {
  if (session === newest.session && moment < newest.moment) return
  newest = { session, moment }
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
