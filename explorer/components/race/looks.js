// What is looked at in each race, by its key: { look, tell, iterate, race, begin, awaits }. Two scripts share it, that
// of the race and the one that hears of the look, so it is kept by the page.
const looks = (window.capsnetRaces ??= new Map())

export function lookIn(key) {
  if (!looks.has(key)) looks.set(key, { race: null, look: null, begin: null })
  return looks.get(key)
}
