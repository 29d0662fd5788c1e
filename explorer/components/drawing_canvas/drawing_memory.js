// What a tab remembers of a drawing when its page is loaded anew; without a storage, nothing.

const PLACE = "capsnet-drawing"
const MOST_KEPT = 20 // entries: a storage holds some megabytes

// The entries kept last, if the page's address still names the digit that it did then; else [].
export function remembered(digit) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE))
    return { entries: kept.entries, same: kept.digit === digit }
  } catch {
    return { entries: [], same: false }
  }
}

// Keeps entries, and the digit that the address names beside them.
export function remember(entries) {
  try {
    const digit = new URLSearchParams(location.search).get("digit")
    sessionStorage.setItem(PLACE, JSON.stringify({ digit, entries: entries.slice(-MOST_KEPT) }))
  } catch {} // full or closed: the address still holds the digit
}
