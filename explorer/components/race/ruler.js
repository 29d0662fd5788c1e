import { fill } from "../shared/dom.js"
import { ASKED } from "./layout.js"
import { shape, widthOf } from "../shared/svg.js"

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

// Which sums are written below the lanes.
export function sumsOf(reach, x) {
  const steps = [1, 2, 3, 5, 10, 20, 50, 100]
  const near = [...Array(ASKED + 1).keys()].filter(sum => x(1) - x(0) >= ROOM - 8 || sum % ASKED === 0)
  const step = steps.find(step => x(ASKED + step) - x(ASKED) >= ROOM - 4) ?? 200
  const far = []
  for (let sum = step * Math.ceil((ASKED + 0.5 * step) / step); sum <= reach; sum += step) far.push(sum)
  return [...near, ...far]
}

// The squash ruler above the lanes, the zones that training asks for, and the axis of sums below.
export function rulerOf(layout, words) {
  const { x, reach, lanes, right } = layout
  const top = lanes[0].y
  const bottom = lanes.at(-1).y + lanes.at(-1).height
  const zone = (from, to, name) =>
    shape("rect", { x: from, y: top - 4, width: Math.max(0, to - from), height: bottom - top + 8, class: name })
  const parts = [
    zone(x(0), x(sumOf(0.1)), "absent"),
    zone(x(ASKED), right, "present"),
    shape("line", { x1: x(0), x2: right, y1: top - 10, y2: top - 10, class: "ruler" }),
    shape("line", { x1: x(0), x2: x(0), y1: top - 10, y2: bottom + 4, class: "ruler" }),
  ]
  for (const length of marksOf(reach, x)) {
    const at = x(sumOf(length))
    const strong = length === 0.1 || length === 0.9
    parts.push(shape("line", { x1: at, x2: at, y1: top - (strong ? 17 : 14), y2: top - 6, class: "ruler" }))
    parts.push(shape("text", { x: at, y: top - 20, class: strong ? "mark strong" : "mark", text: String(length) }))
  }
  for (const sum of sumsOf(reach, x))
    parts.push(shape("text", { x: x(sum), y: bottom + 17, class: "mark faint", text: String(sum) }))
  return shape("g", { class: "scale", "aria-hidden": true }, ...parts, ...wordsOf(layout, top, bottom, words))
}

function wordsOf({ x, right, narrow, times, start, label, map }, top, bottom, words) {
  const faint = (at, y, text, anchor = "start") => shape("text", { x: at, y, "text-anchor": anchor, class: "faint", text })
  const side = right + (narrow ? 6 : 14)
  const names = times > 1.01 ? ["asked_smaller", "smaller"] : ["asked", "asked_short"]
  const texts = names.map(name => fill(words[name], { times: times.toFixed(times < 2 ? 1 : 0) }))
  const said = texts.find(text => widthOf(text) < right - x(ASKED)) ?? ""
  return [
    faint(side, top - 6, narrow ? "|v|" : words.length),
    faint(side, bottom + 17, narrow ? "|s|" : words.sum),
    faint(start + label + map / 2, top - 6, words.couplings, "middle"),
    ...(narrow ? [] : [faint(side, top - 21, words.squashed)]),
    faint(right - 6, bottom - 5, said, "end"),
  ]
}
