// Small parts that the views share: elements, pictures, words, files, and what swings to and fro.

// An element with properties, attributes where a name begins with "aria-" or "data-", and children.
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties))
    if (/^(aria|data)-|^(role|tabindex)$/.test(name)) element.setAttribute(name, value)
    else element[name] = value
  element.append(...children)
  return element
}

// A sentence of text/*.toml, its {placeholders} filled in.
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name])
}

// +0.215; a true minus sign, so that numbers keep their width.
function signed(value, digits = 3) {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(digits)
}

// Squares of `side` pixels on one canvas, `columns` in a row.
class Pictures {
  constructor(canvas, side, columns = 1, rows = 1) {
    canvas.width = side * columns
    canvas.height = side * rows
    this.side = side
    this.context = canvas.getContext("2d")
    this.image = this.context.createImageData(side, side)
    this.words = new Uint32Array(this.image.data.buffer) // 0xAABBGGRR: all browsers' machines are little-endian
  }

  // Grey, 0..1.
  grey(pixels, column = 0, row = 0) {
    for (let p = 0; p < pixels.length; p++) this.words[p] = 0xff000000 | (((pixels[p] * 255 + 0.5) | 0) * 0x010101)
    this.context.putImageData(this.image, column * this.side, row * this.side)
  }

  // pixels - others, -1..1, in 256 colours.
  difference(pixels, others, colours) {
    for (let p = 0; p < pixels.length; p++) this.words[p] = colours[((pixels[p] - others[p] + 1) * 127.5 + 0.5) | 0]
    this.context.putImageData(this.image, 0, 0)
  }
}

const PERIOD = 4000 // milliseconds from one end to the other and back
const STILL = 700 // milliseconds a still is shown where motion is to be reduced

// Calls show(share) with shares that swing between -1 and 1, beginning at `share`; returns what ends it.
function swing(share, show) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  const period = calm ? 20 * STILL : PERIOD
  const start = performance.now() - (Math.asin(Math.max(-1, Math.min(1, share))) / (2 * Math.PI)) * period
  let next
  const tick = () => {
    show(Math.sin((2 * Math.PI * (performance.now() - start)) / period))
    next = calm ? setTimeout(tick, STILL) : requestAnimationFrame(tick)
  }
  tick()
  return () => (calm ? clearTimeout(next) : cancelAnimationFrame(next))
}

function save(canvas, name) {
  canvas.toBlob(blob => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  })
}

const PLAY = "M4 2.5v11l9.5-5.5z"
const PAUSE = "M3.5 2.5h3.2v11h-3.2zM9.3 2.5h3.2v11h-3.2z"

// A button that starts and stops what swings.
function playButton(name, toggle) {
  const button = make("button", { type: "button", className: "play", onclick: toggle, title: name })
  button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg>'
  button.setAttribute("aria-label", name)
  showPlaying(button, false)
  return button
}

function showPlaying(button, playing) {
  button.setAttribute("aria-pressed", playing)
  button.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY)
}
