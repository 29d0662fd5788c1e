// A square canvas that a pen draws on: the front end of streamlit-drawable-canvas, without its toolbar.

const SEND = '.dc-toolbar button[aria-label="Update the app with this drawing"]'

export class PenCanvas {
  // `mount` is the front end's default export; `root` holds its `.canvas-root`. `report(objects, png)` is called with
  // Fabric's paths and the pixels as a data URL whenever a person has changed the strokes, `loaded(objects, png)` once
  // what `load` was given is on the canvas.
  constructor(mount, root, { size, width, report, loaded }) {
    this.mount = mount
    this.root = root
    this.report = report
    this.loaded = loaded
    this.loads = 0
    this.loading = false
    this.known = "[]"
    this.data = {
      canvasWidth: size,
      canvasHeight: size,
      strokeWidth: width,
      strokeColor: "#fff",
      fillColor: "#eee",
      drawingMode: "freedraw",
      initialDrawing: { objects: [], background: "#000" },
      realtimeUpdateStreamlit: true,
      returnImageData: true,
      disabled: false,
      backgroundImageURL: null,
      backgroundImageFit: "stretch",
      maxDisplayHeight: null,
      displayRadius: 3,
      fontSize: 20,
      label: "",
    }
    this.end = this.show()
  }

  setWidth(width) {
    this.data.strokeWidth = width
    this.show()
  }

  // Puts strokes in place of all that is there.
  load(objects) {
    this.loading = true
    // The front end loads nothing that is equal to what it was given last: the number makes it another thing.
    this.data.initialDrawing = { objects, background: "#000", number: ++this.loads }
    this.show()
  }

  // Reports at once what was drawn last; the front end itself waits for a while.
  flush() {
    if (!this.loading) this.root.querySelector(SEND).dispatchEvent(new MouseEvent("click")) // heard by nothing else
  }

  // Draws what is seen, also the stroke at the pen, onto a square of another canvas.
  copy(context, size) {
    context.fillStyle = "#000"
    context.fillRect(0, 0, size, size)
    for (const layer of this.root.querySelectorAll(".canvas-root canvas")) context.drawImage(layer, 0, 0, size, size)
  }

  show() {
    return this.mount({
      data: { ...this.data },
      parentElement: this.root,
      setStateValue: (name, value) => name === "drawing" && this.hear(value.raw.objects, value.data),
    })
  }

  hear(objects, png) {
    const text = JSON.stringify(objects)
    if (this.loading) {
      this.loading = false
      this.known = text
      this.loaded(objects, png)
    } else if (text !== this.known) {
      this.known = text
      this.report(objects, png)
    }
  }
}
