const MOTION = 33 // milliseconds that a frame between two iterations is shown
const REST = 600 // and an iteration, before it goes on
const STILL = 1500 // and an iteration where motion is reduced: nothing else is shown then

// Frames by their names: "2" is iteration 2, "2+3" on the way from it to the next one.
export const isIteration = frame => /^\d+$/.test(frame)
const iterationOf = frame => parseInt(frame, 10)

// The frames that are played from number `first` on, and for how many milliseconds: [{ position, lasts }].
export function played(frames, first, { slowness, reduced }) {
  return frames.flatMap((frame, position) => {
    if (position < first || (reduced && position > first && !isIteration(frame))) return []
    return [{ position, lasts: slowness * (reduced ? STILL : isIteration(frame) ? REST : MOTION) }]
  })
}

// Where a play stands among its frames, and how it goes on. `changed` is called whenever it stands elsewhere, and when it
// begins and ends to play; `rested` when it has come to rest somewhere.
export class Player {
  constructor(frames, { changed, rested, reduced = () => false }) {
    Object.assign(this, { frames, changed, rested, reduced, position: frames.length - 1, run: null })
  }

  get frame() {
    return this.frames[this.position]
  }

  // From 1; between two of them the one that is over.
  get iteration() {
    return iterationOf(this.frame)
  }

  // How slowly it plays, as a factor; 0: it stands still.
  get slowness() {
    return this.run?.slowness ?? 0
  }

  has(iteration) {
    return this.frames.includes(String(iteration))
  }

  // Takes the frames of another chart, and stands where it stood; where there is no such frame, at the last. A play
  // goes on if they are the same.
  take(frames) {
    const position = frames.indexOf(this.frame)
    if (frames.join() !== this.frames.join()) this.run = null
    this.frames = frames
    this.moveTo(position < 0 ? frames.length - 1 : position)
  }

  // Goes on from where it stands, and from the last iteration to the first. No frame is left out: where drawing is slow,
  // all takes longer.
  play(slowness) {
    const first = this.position === this.frames.length - 1 ? 0 : this.position
    const moments = played(this.frames, first, { slowness, reduced: this.reduced() })
    const run = { slowness }
    let due = performance.now()
    this.run = run
    const tick = () => {
      if (this.run !== run) return
      const now = performance.now()
      if (now >= due) {
        const { position, lasts } = moments.shift()
        due = Math.max(due + lasts, now)
        this.moveTo(position)
        if (!moments.length) return this.pause()
      }
      requestAnimationFrame(tick)
    }
    tick()
  }

  pause() {
    this.run = null
    this.changed()
    this.rested()
  }

  // Shows a frame, and plays no more.
  goTo(position) {
    this.run = null
    this.moveTo(position)
  }

  // Shows an iteration, and plays no more; the first or the last where there are no others.
  seek(iteration) {
    const last = iterationOf(this.frames.at(-1))
    this.goTo(this.frames.indexOf(String(Math.min(Math.max(iteration, 1), last))))
  }

  // To the next iteration (1) or the one before (-1), and rests there.
  step(direction) {
    const back = direction < 0 && !isIteration(this.frame) ? 0 : direction // between two, the one that is over
    this.seek(this.iteration + back)
    this.rested()
  }

  moveTo(position) {
    this.position = position
    this.changed()
  }
}
