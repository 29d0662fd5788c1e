import { make } from "../shared/dom.js"
import { DrawingHistory } from "./drawing_history.js"
import { remember, remembered } from "./drawing_memory.js"
import { PenCanvas } from "./pen_canvas.js"
import { StrokeMover } from "./stroke_mover.js"
import { paintStrokes } from "./stroke_paths.js"

// The canvas with its Undo, Clear, Move and pens. All that was drawn is held here: what the app is told is what is seen,
// and what the app puts here can be undone like any stroke.
export class DrawingCanvas {
  // `mount` as `PenCanvas` takes it; `tell(shown)` is called with what is on the canvas whenever a person changed it:
  // { session, put, digit } or { session, put, objects, png }. `seen(paint)` is called whenever what is seen changes, also
  // while a stroke is being drawn: `paint(context, size)` draws it; null where it is a digit that the app put there.
  constructor(root, mount, { size, tell, seen }) {
    this.root = root
    this.tell = tell
    this.seen = seen
    this.history = null
    this.words = { move: "", move_not: "" }
    this.penDown = false
    this.size = size
    this.given = root.querySelector(".given")
    this.canvas = new PenCanvas(mount, root, {
      size,
      width: Number(this.find(".pens").value),
      report: (objects, png) => this.drawn(objects, png),
      loaded: (objects, png) => this.settled(objects, png),
    })
    this.mover = new StrokeMover(this.find(".sheet"), size, {
      moving: strokes => this.seen((context, side) => paintStrokes(context, side, strokes, size)),
      lifted: strokes => this.moved(strokes),
    })
    this.ahead = false // strokes were moved that the pen's canvas does not have yet
    this.listeners = new AbortController()
    this.listen(size)
  }

  listen(size) {
    const on = (target, name, act, options = {}) =>
      target.addEventListener(name, act, { ...options, signal: this.listeners.signal })
    on(this.given, "load", () => this.given.classList.toggle("coarse", this.given.naturalWidth < size))
    on(this.find(".undo"), "click", () => this.undo())
    on(this.find(".clear"), "click", () => this.clear())
    on(this.find(".move"), "click", () => this.setMoving(!this.moving))
    on(this.find(".pens"), "change", ({ target }) => this.choosePen(Number(target.value)))
    on(this.find(".sheet"), "pointerdown", () => this.moving || this.begin(), { capture: true })
    on(window, "pointermove", () => this.penDown && this.look())
    for (const name of ["mouseup", "touchend", "touchcancel"]) on(window, name, () => setTimeout(() => this.finish()))
    on(window, "keydown", event => this.key(event))
    on(window, "pagehide", () => this.keep())
  }

  // `words`: "move", "move_not" where there is nothing to be moved, and those of `StrokeMover.name`.
  name(words) {
    this.words = words
    this.mover.name(words)
    if (this.history) this.mark()
  }

  find(selector) {
    return this.root.querySelector(selector)
  }

  // Shows the digit that the app has put here, unless it is there already. `put` is { session, number, digit } with
  // `objects`, Fabric's paths, or `picture`, a data URL, and `strokes`, the paths that it was drawn with, if any; its
  // number grows with each.
  show(put) {
    if (put.session === this.put?.session && put.number === this.put.number) return
    const another = put.session !== this.put?.session
    const began = this.history === null
    this.put = put
    if (began) this.recall(put)
    else if (!another) this.place(put)
    // Another session over a page that stands: the app was started anew. It learns what is drawn here.
    else if (this.history.top.digit !== put.digit) this.say()
  }

  // After the page was loaded: what was on it, if the address still names that digit.
  recall(put) {
    const { entries, same } = remembered(put.digit)
    this.history = new DrawingHistory(same ? entries : [...entries, this.entry(put)])
    this.paint({ tell: same && this.history.top.digit !== put.digit })
  }

  place(put) {
    this.canvas.flush() // a stroke that is not yet told can be undone to
    this.history.push(this.entry(put))
    this.paint()
    this.seen(null)
  }

  entry({ digit, picture, objects, strokes }) {
    return picture ? { digit, picture, strokes } : { digit, objects }
  }

  choosePen(width) {
    this.canvas.setWidth(width)
    this.find(".pen").style.setProperty("--width", `${width}px`)
    this.setMoving(false)
  }

  get moving() {
    return this.mover.strokes !== null
  }

  // The strokes that are seen; null: there are none, or it is a picture without.
  get movable() {
    const { objects, strokes } = this.history.top
    const found = objects ?? strokes
    return found?.length ? found : null
  }

  // Whether strokes are moved, or drawn.
  setMoving(on) {
    if (on) this.canvas.flush()
    this.mover.show(on ? this.movable : null)
    if (!this.moving && this.ahead) this.canvas.load(this.history.top.objects)
    if (!this.moving) this.ahead = false
    this.mark()
  }

  // A stroke was moved and let go; one that is back where it was has changed nothing.
  moved(objects) {
    const same = JSON.stringify(objects) === JSON.stringify(this.movable)
    if (!same) {
      this.history.push({ objects })
      this.ahead = true
      this.png = this.pictureOf(objects)
      this.offer(null)
      this.mover.show(objects)
    }
    this.say()
    this.mark()
  }

  pictureOf(strokes) {
    const canvas = make("canvas", { width: this.size, height: this.size })
    paintStrokes(canvas.getContext("2d"), this.size, strokes, this.size)
    return canvas.toDataURL()
  }

  undo() {
    this.canvas.flush()
    if (!this.history.canUndo) return
    this.history.undo()
    this.paint({ tell: true })
  }

  clear() {
    this.canvas.flush()
    if (this.history.isBlank) return
    this.history.push({ objects: [] })
    this.paint({ tell: true })
  }

  // Shows the newest entry, and tells of it once it is there.
  paint({ tell = false } = {}) {
    const { digit, picture, objects } = this.history.top
    this.untold = tell
    this.offer(picture)
    this.canvas.load(objects ?? [])
    this.ahead = false
    if (this.moving) this.mover.show(this.movable)
    if (tell && digit) {
      this.seen(null)
      this.say()
    }
    this.mark()
  }

  // Shows a picture to be drawn over, or none.
  offer(picture) {
    this.given.hidden = this.find(".hint").hidden = !picture
    if (picture) this.given.src = picture
  }

  settled(objects, png) {
    if (this.history.top.picture || this.ahead) return
    this.history.settle(objects)
    this.png = png
    if (!this.untold) return
    this.look()
    this.say()
  }

  // The pen comes down. What the app put here as a picture is no drawing: the first stroke begins one.
  begin() {
    this.penDown = true
    this.offer(null)
    this.look()
  }

  look() {
    this.seen((context, size) => this.canvas.copy(context, size))
  }

  // The pen was lifted, somewhere.
  finish() {
    if (!this.penDown) return
    this.penDown = false
    this.canvas.flush()
    this.offer(this.history?.top.picture) // a slip that left no stroke
  }

  drawn(objects, png) {
    this.history.push({ objects })
    this.png = png
    this.look()
    this.say()
    this.mark()
  }

  // Tells what is on the canvas, also once more: the connection may have been away.
  say() {
    if (!this.history) return
    const { digit, objects } = this.history.top
    const { session, number } = this.put
    this.untold = false
    this.tell({ session, put: number, ...(digit ? { digit } : { objects, png: this.png }) })
  }

  key(event) {
    const typing = event.composedPath()[0].matches?.("input:not([type=range], [type=radio]), textarea, [contenteditable]")
    if (typing || event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.undo()
  }

  mark() {
    this.find(".undo").disabled = !this.history.canUndo
    this.find(".clear").disabled = this.history.isBlank
    const move = this.find(".move")
    move.disabled = !this.movable
    move.title = this.movable ? this.words.move : this.words.move_not
    move.setAttribute("aria-pressed", this.moving)
    this.keep()
  }

  keep() {
    if (this.history) remember(this.history.entries)
  }

  end() {
    this.keep()
    this.listeners.abort()
    this.canvas.end()
  }
}
