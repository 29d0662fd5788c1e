// Where all of the race stands, in units of a sixteenth of the page's letter size: for any width and number of digits.

const NARROW = 700 // below it, lanes come first and the digit stands under them
const LEAST_REACH = 3.4 // so that the length of 0.9 that training asks for is always on the screen
const FAR = 10 // a reach beyond which what lies above that length is drawn smaller
const NEAR_SHARE = 0.45 // of the width is then for what lies below it

// The sum that training asks of the right digit: squashed, it is a length of 0.9.
export const ASKED = 3

// `found`: from `pulled`; `look`: { focus, rival }; `compact`: whether lanes are lower, so that words fit above them.
// Gives { narrow, width, height, lanes: [J] of { y, height, tall }, map (the side of a tall lane's), x (places a sum
// |s|), times (how much smaller those above `ASKED` are drawn), reach, start, left, right, label, digit: { x, y, side },
// split }.
export function layoutOf(found, { focus, rival }, names, width, compact = false) {
  const narrow = width < NARROW
  const { J } = found.sizes
  const long = Math.max(...names.map(name => name.length)) > 2
  const label = narrow ? (long ? 60 : 28) : long ? 88 : 34
  const map = compact ? 66 : narrow ? 74 : 90
  const tall = map + 10
  const mini = J > 12 ? 15 : compact ? 17 : narrow ? 20 : 22
  const start = narrow ? 0 : 300 // of the lanes
  const top = narrow ? 32 : 40
  const lanes = []
  let y = top
  for (let j = 0; j < J; j++) {
    const height = j === focus || j === rival ? tall : mini
    lanes.push({ y, height, tall: height === tall })
    y += height
  }
  const bottom = y + 22
  const left = start + label + map + 12
  const right = width - (narrow ? 64 : 92)
  const reach = Math.max(LEAST_REACH, 1.03 * Math.max(found.reach ?? 0, ...found.forward))
  const side = narrow ? 132 : 160
  const digit = narrow ? { x: 0, y: bottom + 10, side } : { x: 0, y: top, side }
  return {
    narrow,
    width,
    height: narrow ? bottom + side + 16 : bottom,
    lanes,
    map,
    start,
    label,
    left,
    right,
    reach,
    ...scaleOf(left, right, reach),
    digit,
    split: narrow ? { x: side + 14, y: digit.y, width: width - side - 14 } : { x: 196, end: start - 2, thickness: 64 },
  }
}

// Where a sum is placed. Where one digit's is far larger than what training asks for, what lies above that is drawn
// smaller, so that the others can still be told apart.
function scaleOf(left, right, reach) {
  const width = right - left
  const near = (reach > FAR ? NEAR_SHARE * width : (ASKED / reach) * width) / ASKED // of a sum of 1, up to `ASKED`
  const far = (width - near * ASKED) / (reach - ASKED) // and above
  return {
    times: near / far,
    x: sum => left + near * Math.min(sum, ASKED) + far * Math.max(0, sum - ASKED),
  }
}
