// What serves a component's elements, each for as long as it is on the page.
export class Mounted {
  constructor() {
    this.serving = new WeakMap() // element -> what serves it, and has an `end`
  }

  // What serves an element: made by `begin` when it is first asked for.
  at(element, begin) {
    if (!this.serving.has(element)) this.serving.set(element, begin())
    return this.serving.get(element)
  }

  // The element is taken away.
  end(element) {
    this.serving.get(element)?.end()
    this.serving.delete(element)
  }
}
