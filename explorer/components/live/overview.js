import { fill, make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { LiveChart } from "./chart.js"
import { Patches } from "./patches.js"

// The overview while the pen moves: the picture, what the longest capsule draws and the difference, and the lengths.
export class LiveOverview {
  constructor() {
    this.chart = new LiveChart("lengths")
    this.patches = new Patches()
    this.tiles = [0, 1, 2].map(() => make("canvas", { className: "live" }))
    for (const tile of this.tiles) tile.style.cssText = "display: block; width: 100%; height: 100%"
  }

  // `data`: { classes, side, words, palette, colours }, the last those of differences.
  show(reading, data) {
    this.chart.wake()
    this.lengths(reading, data)
    this.triptych(reading, data)
  }

  lengths({ lengths, winner }, { palette }) {
    const { chart } = this.chart
    if (!chart) return
    const { xaxis } = chart._fullLayout
    const colours = Array.from(lengths, (_, j) => palette[j === winner ? "--focus" : "--other"])
    this.chart.bars(lengths, xaxis.l2p(1) - xaxis.l2p(0), colours)
    this.chart.texts(".annotation-text", Array.from(lengths, length => length.toFixed(2)))
  }

  triptych({ image, reconstruction, winner }, { classes, side, words, colours }) {
    const figures = tilesOf("triptych")
    if (!figures.length || !reconstruction) return
    this.tiles.forEach((tile, n) => {
      const place = figures[n].querySelector("i")
      if (tile.parentNode !== place) place.replaceChildren(tile)
    })
    new Pictures(this.tiles[0], side).grey(image)
    new Pictures(this.tiles[1], side).grey(reconstruction)
    new Pictures(this.tiles[2], side).difference(reconstruction, image, colours)
    this.patches.set(figures[1].querySelector("span"), "textContent", fill(words.reconstruction, { name: classes[winner] }))
  }

  rest() {
    this.chart.rest()
    this.patches.undo()
    this.tiles.forEach(tile => tile.remove())
  }
}

// The tiles of a sheet, which stand in a tree of their own.
function tilesOf(key) {
  const hosts = [...document.querySelectorAll(`.st-key-${key} *`)].filter(({ shadowRoot }) => shadowRoot)
  return hosts.flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(".sheet > *")])
}
