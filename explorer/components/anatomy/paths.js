const short = number => Number(number.toFixed(2))

// A soft band from one point to another, as a path of one line.
export function bandPath(x, y, end, endY) {
  const middle = short((x + end) / 2)
  return `M${short(x)},${short(y)}C${middle},${short(y)} ${middle},${short(endY)} ${short(end)},${short(endY)}`
}

// Squares as one path: [x, y] of each, all of one size.
export function squaresPath(corners, size) {
  return corners.map(([x, y]) => `M${short(x)},${short(y)}h${short(size)}v${short(size)}h${short(-size)}z`).join("")
}

// Bars that stand on, or hang from, one line: a value 1 is `unit` high.
export function barsPath(values, x, step, y, unit, most) {
  return Array.from(values, (value, n) => {
    const height = Math.max(-most, Math.min(most, value * unit))
    return `M${short(x + (n + 0.5) * step)},${short(y)}v${short(-height)}`
  }).join("")
}
