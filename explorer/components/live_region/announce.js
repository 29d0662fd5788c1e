let said = "" // last on this page

// Writes words into a live region, unless they were the last to be said: not even where the region is a new one.
export function announce(region, words) {
  if (words === said) return
  said = words
  region.textContent = words
}
