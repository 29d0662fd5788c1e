const PREFIX = "st-key-"

// Elements that Streamlit has given a key.
export const KEYED = `[class*="${PREFIX}"]`

// Streamlit's key of the innermost keyed element that an element is or stands in; "": there is none.
export function keyOf(element) {
  const holder = element.closest(KEYED)
  const name = [...(holder?.classList ?? [])].find(name => name.startsWith(PREFIX)) ?? ""
  return name.slice(PREFIX.length)
}

// The elements of a key: the same may stand in several places.
export function keyed(key) {
  return [...document.querySelectorAll(`.${CSS.escape(PREFIX + key)}`)]
}
