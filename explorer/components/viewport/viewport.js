// Tells, at once and whenever it changes, whether the screen is narrow.
export class Viewport {
  // `width` in CSS pixels is the widest narrow screen; `report(narrow)` is called where that is news: at first it is not.
  constructor(width, report) {
    this.report = report
    this.narrow = false
    this.media = matchMedia(`(max-width: ${width}px)`)
    this.listener = () => this.tell()
    this.media.addEventListener("change", this.listener)
    this.tell()
  }

  tell() {
    if (this.media.matches === this.narrow) return
    this.narrow = this.media.matches
    this.report(this.narrow)
  }

  end() {
    this.media.removeEventListener("change", this.listener)
  }
}
