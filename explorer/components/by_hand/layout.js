const MARGIN = 14
const ROOM = { right: 0.6, left: 0.4, up: 0.5 } // of the longest arrow: room to drag to

// Where arrows lie in a drawing of `width` and `up`, its height above the axis: { scale, origin }, pixels for a length
// of 1 and where the arrows begin. One scale for all planes and both directions, so that lengths and angles are true.
export function planeLayout(planes, width, up) {
  const reach = Math.max(1e-6, ...planes.flatMap(({ voteLength, poseLength }) => [voteLength, poseLength]))
  const right = Math.max(ROOM.right * reach, ...planes.flatMap(({ x, poseLength }) => [x, poseLength]))
  const left = Math.max(ROOM.left * reach, ...planes.map(({ x }) => -x))
  const high = Math.max(ROOM.up * reach, ...planes.map(({ y }) => y))
  const scale = Math.min((width - 2 * MARGIN) / (left + right), up / high)
  const spare = width - 2 * MARGIN - scale * (left + right)
  return { scale, origin: MARGIN + scale * left + spare / 2 }
}

// Screen pixels in a sixteenth of the page's text size: drawings grow with it, as words do.
export function unitOf() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
}
