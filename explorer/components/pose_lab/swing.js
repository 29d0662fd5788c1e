// What moves to and fro by itself, and the button that starts and stops it.

import { make } from "../shared/dom.js"

const PERIOD = 4000 // milliseconds from one end to the other and back
const STILL = 700 // milliseconds a still is shown where motion is to be reduced
const STILLS = 20 // in one period
const PLAY = "M4 2.5v11l9.5-5.5z"
const PAUSE = "M3.5 2.5h3.2v11h-3.2zM9.3 2.5h3.2v11h-3.2z"

// Where a swing between -1 and 1 is after some milliseconds, begun at `share` and going up.
export function swingAt(share, elapsed, period) {
  return Math.sin(Math.asin(Math.max(-1, Math.min(1, share))) + (2 * Math.PI * elapsed) / period)
}

// Calls show(share) with shares that swing between -1 and 1, beginning at `share`; returns what ends it.
export function swing(share, show) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  const period = calm ? STILLS * STILL : PERIOD
  const start = performance.now()
  let next
  const tick = () => {
    show(swingAt(share, performance.now() - start, period))
    next = calm ? setTimeout(tick, STILL) : requestAnimationFrame(tick)
  }
  tick()
  return () => (calm ? clearTimeout(next) : cancelAnimationFrame(next))
}

export function playButton(name, toggle) {
  const button = make("button", {
    type: "button",
    className: "play",
    onclick: toggle,
    title: name,
    "aria-label": name,
    innerHTML: '<svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg>',
  })
  showPlaying(button, false)
  return button
}

export function showPlaying(button, playing) {
  button.setAttribute("aria-pressed", playing)
  button.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY)
}
