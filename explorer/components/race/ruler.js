import { shape } from "./svg.js"

const MARKS = [0.9, 0.1, 0.5, 0.99, 0.7, 0.95, 0.98, 0.8, 0.995, 0.97, 0.998] // the most wanted first
const ROOM = 30 // between two numbers

// The sum |s| that squashing turns into a length: |v| = |s|^2 / (1 + |s|^2), so 0.1, 0.5 and 0.9 are 1/3, 1 and 3.
export const sumOf = length => Math.sqrt(length / (1 - length))

// Which lengths are written on the ruler, so that no two numbers meet; `x` places a sum, up to `reach`.
export function marksOf(reach, x) {
  const marks = []
  for (const length of MARKS)
    if (sumOf(length) <= reach && marks.every(other => Math.abs(x(sumOf(other)) - x(sumOf(length))) >= ROOM))
      marks.push(length)
  return marks
}

// The squash ruler above the lanes, the zones that training asks for, and the axis of sums below.
export function rulerOf({ x, reach, lanes, right, narrow, width }, words) {
  const top = lanes[0].y
  const bottom = lanes.at(-1).y + lanes.at(-1).height
  const zone = (from, to, name) =>
    shape("rect", { x: from, y: top - 4, width: Math.max(0, to - from), height: bottom - top + 8, class: name })
  const asked = x(sumOf(0.9))
  const parts = [
    zone(x(0), x(sumOf(0.1)), "absent"),
    zone(asked, right, "present"),
    shape("line", { x1: x(0), x2: right, y1: top - 10, y2: top - 10, class: "ruler" }),
    shape("line", { x1: x(0), x2: x(0), y1: top - 10, y2: bottom + 4, class: "ruler" }),
  ]
  for (const length of marksOf(reach, x)) {
    const at = x(sumOf(length))
    const strong = length === 0.1 || length === 0.9
    parts.push(shape("line", { x1: at, x2: at, y1: top - (strong ? 17 : 14), y2: top - 6, class: "ruler" }))
    parts.push(shape("text", { x: at, y: top - 21, class: strong ? "mark strong" : "mark", text: String(length) }))
  }
  const step = [1, 2, 5, 10, 20, 50].find(step => (x(step) - x(0)) > 24) ?? 100
  for (let sum = 0; sum <= reach; sum += step)
    parts.push(shape("text", { x: x(sum), y: bottom + 17, class: "mark faint", text: String(sum) }))
  const side = narrow ? right + 6 : right + 14
  parts.push(shape("text", { x: side, y: top - 6, class: "faint", text: words.length }))
  parts.push(shape("text", { x: side, y: bottom + 17, class: "faint", text: narrow ? "|s|" : words.sum }))
  if (!narrow) parts.push(shape("text", { x: side, y: top - 22, class: "faint", text: words.squashed }))
  const room = right - asked
  const said = room > 270 ? words.asked : room > 150 ? words.asked_short : ""
  if (said) parts.push(shape("text", { x: right - 6, y: bottom - 5, "text-anchor": "end", class: "faint", text: said }))
  return shape("g", { class: "scale", "aria-hidden": true, "data-width": width }, ...parts)
}
