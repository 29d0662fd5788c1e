// Where all of the race stands, in units of a sixteenth of the page's letter size: for any width and number of digits.

const NARROW = 700 // below it, lanes come first and the digit stands under them
const LEAST_REACH = 3.4 // so that the length of 0.9 that training asks for is always on the screen

// `found`: from `pulled`; `look`: { focus, rival }. Gives { narrow, width, height, lanes: [J] of { y, height, tall },
// map (the side of a tall lane's), x (places a sum |s|), reach, left, right, label, digit: { x, y, side }, split }.
export function layoutOf(found, { focus, rival }, names, width) {
  const narrow = width < NARROW
  const { J } = found.sizes
  const long = Math.max(...names.map(name => name.length)) > 2
  const label = narrow ? (long ? 60 : 28) : long ? 88 : 34
  const map = narrow && width < 340 ? 78 : 90
  const tall = narrow ? 104 : 106
  const mini = J > 12 ? 15 : narrow ? 17 : 23
  const start = narrow ? 0 : 300 // of the lanes
  const top = narrow ? 32 : 42
  const lanes = []
  let y = top
  for (let j = 0; j < J; j++) {
    const height = j === focus || j === rival ? tall : mini
    lanes.push({ y, height, tall: height === tall })
    y += height
  }
  const bottom = y + 24
  const left = start + label + map + 14
  const right = width - (narrow ? 64 : 92)
  const reach = Math.max(LEAST_REACH, 1.03 * Math.max(...found.forward))
  const side = narrow ? 132 : 168
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
    x: sum => left + (sum * (right - left)) / reach,
    digit,
    split: narrow ? { x: side + 14, y: digit.y, width: width - side - 14 } : { x: 196, end: start - 2, thickness: 64 },
  }
}
