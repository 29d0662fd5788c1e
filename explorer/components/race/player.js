import { lastMoment } from "./moments.js"

export const PACE = 900 // milliseconds that a phase takes
export const SLOWLY = 2.5 // times as long

// Where the race stands, and what moves it: see `stateAt`. Nothing runs while it does not play.
export class RacePlayer {
  // `changed()` is called with each change of the position, `arrived()` whenever it comes to a moment, `isStill()` says
  // whether nothing may move: then it goes from moment to moment.
  constructor({ changed, arrived, isStill }) {
    Object.assign(this, { changed, arrived, isStill })
    this.iterations = 1
    this.position = lastMoment(1)
    this.frame = null
    this.isSlow = false
    this.inSuspense = false // from Play until the end is reached: how it ends is not told
  }

  get isPlaying() {
    return this.frame !== null
  }

  get last() {
    return lastMoment(this.iterations)
  }

  // Another digit: it stands at its end.
  begin(iterations) {
    this.iterations = iterations
    this.seek(this.last)
  }

  // As many iterations more: it goes on from where it stood.
  extend(iterations) {
    const from = this.last
    this.iterations = iterations
    this.play(from)
  }

  // Goes to a moment, or for a film to a position between two, and stays there.
  seek(moment) {
    this.stop()
    this.go(Math.max(-1, Math.min(4 * this.iterations - 1, moment)))
  }

  // To the moment before or after; what is under way is finished by that.
  step(moments) {
    this.seek(Math.max(0, (moments > 0 ? Math.floor(this.position) : Math.ceil(this.position)) + moments))
  }

  toggle() {
    if (this.isPlaying) return this.pause()
    this.play(this.position >= this.last ? -1 : this.position)
  }

  // Slowly from now on, or no longer; who wants it slow wants to see it.
  togglePace() {
    this.isSlow = !this.isSlow
    if (this.isPlaying) this.play(this.position)
    else if (this.isSlow) this.toggle()
    else this.changed()
  }

  play(from) {
    this.stop()
    this.inSuspense = true
    const start = performance.now()
    const pace = PACE * (this.isSlow ? SLOWLY : 1)
    const next = now => {
      const passed = Math.min(this.last, from + Math.max(0, now - start) / pace)
      const position = this.isStill() ? Math.max(0, Math.floor(passed)) : passed
      this.frame = position >= this.last ? null : requestAnimationFrame(next)
      this.go(position)
    }
    this.frame = requestAnimationFrame(next)
    this.go(this.isStill() ? Math.max(0, Math.floor(from)) : from)
  }

  // Rests where a true state is: at the end of what is under way.
  pause() {
    this.seek(Math.ceil(this.position))
  }

  stop() {
    if (this.isPlaying) cancelAnimationFrame(this.frame)
    this.frame = null
  }

  go(position) {
    const before = Math.floor(this.position)
    this.position = position
    if (position >= this.last) this.inSuspense = false
    this.changed()
    const here = Math.floor(position)
    if (here >= 0 && (here !== before || Number.isInteger(position))) this.arrived()
  }
}
