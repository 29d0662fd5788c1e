import { fill } from "../shared/dom.js"

// What readings at A angles, ascending and with 0 among them, say of one capsule: pure.
//
// A turning is { angles [A], lengths A x [J], poses A x [D] of the capsule }.

export const LONG = 0.5 // the length that a capsule should keep
const SLIDES = 0.1 // a number that changes by less hardly moves
const MOST_NAMED = 3 // numbers that a sentence names

// -35°, with a true minus sign; +35°; 0°.
export function degrees(angle) {
  return (angle > 0 ? "+" : angle < 0 ? "−" : "") + Math.abs(angle) + "°"
}

// The places, first and last, of the angles about 0 at which a capsule stays longer than `LONG`; null: not even at 0.
export function keptAbout({ angles, lengths }, capsule) {
  const long = place => lengths[place]?.[capsule] > LONG
  let first = angles.indexOf(0)
  let last = first
  if (!long(first)) return null
  while (long(first - 1)) first--
  while (long(last + 1)) last++
  return { first, last }
}

// How much each number changes between two places, the most first: [{ number, by }], numbered from 1.
export function slidesOf({ poses }, { first, last }) {
  const within = poses.slice(first, last + 1)
  const changes = Array.from(poses[0], (_, d) => {
    const values = within.map(pose => pose[d])
    return { number: d + 1, by: Math.max(...values) - Math.min(...values) }
  })
  return changes.sort((a, b) => b.by - a.by)
}

// The longest capsule of a reading.
function longestOf(lengths) {
  return lengths.indexOf(Math.max(...lengths))
}

// The other capsule that gets longest at any angle.
export function rivalOf({ lengths }, capsule) {
  const most = Array.from(lengths[0], (_, j) => (j === capsule ? -1 : Math.max(...lengths.map(all => all[j]))))
  return longestOf(most)
}

// What there is to be said, in words of [turn].
export function sentenceOf(turning, capsule, names, words) {
  const { angles, lengths } = turning
  const name = names[capsule]
  const kept = keptAbout(turning, capsule)
  if (!kept) {
    const own = lengths.map(all => all[capsule])
    const best = longestOf(own)
    const upright = own[angles.indexOf(0)]
    return fill(words.not_kept, { name, length: upright, best: own[best], angle: degrees(angles[best]) })
  }
  const [low, high] = [kept.first, kept.last].map(place => degrees(angles[place]))
  const said = fill(kept.first === kept.last ? words.kept_upright : words.kept, { name, low, high })
  const sentences = [said, endOf(turning, capsule, kept, names, words), slideOf(turning, kept, words)].filter(Boolean)
  return chained(sentences, words.joined)
}

// What happens at the nearer end of what is kept.
function endOf({ angles, lengths }, capsule, { first, last }, names, words) {
  const ends = [first - 1, last + 1].filter(place => place in angles)
  if (!ends.length) return words.kept_all
  const place = ends.sort((a, b) => Math.abs(angles[a]) - Math.abs(angles[b]))[0]
  const longest = longestOf(lengths[place])
  const values = { name: names[capsule], angle: degrees(angles[place]), length: lengths[place][capsule] }
  const other = { other: names[longest], other_length: lengths[place][longest] }
  return fill(longest === capsule ? words.ends_short : words.ends_other, { ...values, ...other })
}

function slideOf(turning, kept, words) {
  if (kept.first === kept.last) return ""
  const most = slidesOf(turning, kept).filter(({ by }) => by >= SLIDES)
  if (!most.length) return words.slides_not
  const numbers = most.slice(0, MOST_NAMED).map(({ number, by }) => fill(words.slide, { number, by }))
  return fill(words.slides, { numbers: chained(numbers, words.listed) })
}

// Texts one after another, as a language puts two together.
function chained(texts, two) {
  return texts.reduce((text, following) => fill(two, { text, following }))
}
