// Where the four quarters of a picture lie: for each place (top left, top right, bottom left, bottom right) [quarter,
// right angles clockwise]. Nothing is changed in place.

export const PLACES = [0, 1, 2, 3]

export function swapped(quarters, one, other) {
  return PLACES.map(place => [...quarters[place === one ? other : place === other ? one : place]])
}

export function turned(quarters, place) {
  return quarters.map(([part, turns], at) => [part, at === place ? (turns + 1) % 4 : turns])
}

// Some other arrangement, by chance.
export function shuffled(quarters, chance = Math.random) {
  const parts = [...PLACES]
  for (let last = 3; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1))
    ;[parts[last], parts[other]] = [parts[other], parts[last]]
  }
  const made = parts.map(part => [part, Math.floor(chance() * 4)])
  return alike(made, quarters) ? turned(made, 0) : made
}

export function alike(one, other) {
  return one.every(([part, turns], place) => part === other[place][0] && turns === other[place][1])
}

// The place beside one in the direction of an arrow key; null: there is none.
export function neighbour(place, key) {
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [9, 9]
  const [row, column] = [(place >> 1) + down, (place & 1) + right]
  return [row, column].every(at => at === 0 || at === 1) ? 2 * row + column : null
}
