// What was on the canvas, the newest last; there is always something. An entry is a digit that the app put there,
// { digit, picture } or { digit, objects }, or what a person drew, { objects }. `digit` is its name in addresses.

const MOST = 60

export class DrawingHistory {
  constructor(entries) {
    this.entries = entries.slice(-MOST)
  }

  get top() {
    return this.entries.at(-1)
  }

  get canUndo() {
    return this.entries.length > 1
  }

  // Nothing is there to be cleared.
  get isBlank() {
    return !this.top.picture && !this.top.objects?.length
  }

  push(entry) {
    this.entries = [...this.entries, entry].slice(-MOST)
  }

  undo() {
    if (this.canUndo) this.entries = this.entries.slice(0, -1)
  }

  // The newest entry, as the canvas draws it.
  settle(objects) {
    this.entries[this.entries.length - 1] = { ...this.top, objects }
  }
}
