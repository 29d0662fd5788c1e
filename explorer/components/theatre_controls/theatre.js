import { Controls } from "./controls.js"
import { Player } from "./player.js"
import { Plot, isReady } from "./plot.js"

// A theatre: its controls, the frame where it stands, and the chart that shows it. A chart goes with its digit; the frame
// that is looked at stays.
export class Theatre {
  constructor() {
    this.rested = () => {} // called with the iteration where it comes to rest
    this.chart = this.plot = this.controls = null
    this.awaited = null // an iteration to go to once there are controls, and frames of it
  }

  // Puts controls into an element. `data`: { frames, words, spoken }. Called again with each change: the buttons stay
  // while they can, and with them the focus.
  control(root, data) {
    this.player ??= this.makePlayer(data.frames)
    const buttons = JSON.stringify([data.frames, data.words])
    if (root !== this.root || buttons !== this.buttons) {
      this.controls = new Controls(data, this.player)
      root.replaceChildren(...this.controls.elements)
      Object.assign(this, { root, buttons })
    }
    this.controls.spoken = data.spoken
    this.player.take(data.frames)
    if (this.awaited) this.look(this.awaited)
  }

  makePlayer(frames) {
    const reduced = matchMedia("(prefers-reduced-motion: reduce)")
    return new Player(frames, {
      changed: () => this.update(),
      rested: () => this.rested(this.player.iteration),
      reduced: () => reduced.matches,
    })
  }

  // Goes to an iteration that was chosen elsewhere; to one that comes with the next chart, once that is there.
  look(iteration) {
    const known = Boolean(this.controls) && this.player.has(iteration)
    this.awaited = known ? null : iteration
    if (known && this.player.iteration !== iteration) this.player.seek(iteration)
  }

  // Plays no more, where nobody looks on.
  leave() {
    this.player.goTo(this.player.position)
  }

  // Shows itself in a chart from now on; at once, or when that is drawn. Called again, it looks whether the chart has
  // been given its figure anew, which is then as at first.
  async adopt(chart) {
    if (chart === this.chart && (!this.plot || this.plot.shows(chart.data))) return
    this.plot?.end()
    Object.assign(this, { chart, plot: null })
    while (chart.isConnected && !isReady(chart)) await new Promise(requestAnimationFrame)
    if (chart !== this.chart || !chart.isConnected) return
    this.plot = new Plot(chart)
    this.update()
  }

  update() {
    this.controls.update()
    this.plot?.show(this.player.frame)
  }
}
