import { rotated } from "./rotation.js"

// Readings of one picture at all angles by the network in the browser, from 0 outwards; while the pen moves they wait.
export class Readings {
  // `ask` as shared/ask_network.js; `angles` ascend. `grown(turning)` is called with all that is known whenever more is:
  // { angles, lengths A x [J], poses A x [D] of the capsule, drawn A x picture }, with undefined where nothing is yet.
  constructor(ask, angles, grown) {
    this.ask = ask
    this.angles = angles
    this.grown = grown
    this.number = 0
    this.rest = Promise.resolve() // until the pen does
  }

  // Begins with a picture [size * size] anew: { image, size, capsule, iterations }; `known` is what is known of it already,
  // less exactly. A Promise of whether all of it was read: not where no network is at work here, or where another came.
  async begin(question, known = null) {
    const number = ++this.number
    const isCurrent = () => number === this.number
    const copy = name => Array.from(this.angles, (_, place) => known?.[name][place])
    const turning = { angles: this.angles, lengths: copy("lengths"), poses: copy("poses"), drawn: copy("drawn") }
    for (const places of ringsOf(this.angles)) {
      await this.rest
      if (!isCurrent() || !(await this.readRing(places, question, turning, isCurrent))) return false
      this.grown(turning)
    }
    return true
  }

  async readRing(places, { image, size, capsule, iterations }, turning, isCurrent) {
    const images = places.map(place => rotated(image, size, this.angles[place]))
    const readings = await this.ask({ images, iterations })
    if (!readings || !isCurrent()) return false
    const found = readings.map(({ poses, lengths }) => {
      const count = poses.length / lengths.length
      return poses.slice(capsule * count, (capsule + 1) * count)
    })
    const drawn = await this.ask({ decode: { capsule, poses: found } })
    if (!isCurrent()) return false
    places.forEach((place, n) => {
      turning.lengths[place] = readings[n].lengths
      turning.poses[place] = found[n]
      turning.drawn[place] = drawn?.[n] // none before the decoder's weights have come
    })
    return true
  }

  // What the pen does: nothing is asked while it moves.
  pause(moving) {
    if (moving && !this.wake) this.rest = new Promise(done => (this.wake = done))
    if (moving || !this.wake) return
    this.wake()
    this.wake = null
  }

  forget() {
    this.number++
  }
}

// The places of the angles, two and two from 0 outwards.
export function ringsOf(angles) {
  const sizes = [...new Set(angles.map(Math.abs))].sort((a, b) => a - b)
  return sizes.map(size => angles.map((_, place) => place).filter(place => Math.abs(angles[place]) === size))
}
