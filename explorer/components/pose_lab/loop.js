import { fill, make, signed } from "../shared/dom.js"

const LEAST_LIMIT = 0.6 // the axis goes at least this far: few numbers of a pose are larger

// The pose that was set against the pose that the network finds in its picture, number by number.
export class Loop {
  constructor(root, data) {
    const mark = name => make("i", { className: name })
    this.rows = data.own.map(() => make("div", { className: "lane" }, mark("apart"), mark("set"), mark("found")))
    this.distance = make("span")
    this.ticks = [-1, 0, 1].map(() => make("span"))
    const entry = name => make("span", {}, mark(name), data.words[`loop_${name}`])
    this.figure = make("div", { className: "lanes", role: "img" }, ...this.rows)
    const numbers = data.own.map((_, d) => make("span", { textContent: d + 1 }))
    root.style.setProperty("--numbers", data.own.length)
    root.replaceChildren(
      make(
        "div",
        { className: "figure" },
        make("div", { className: "ticks", "aria-hidden": true }, ...this.ticks),
        make("div", { className: "rows", "aria-hidden": true }, ...numbers),
        this.figure,
      ),
      make("p", { className: "legend" }, entry("set"), entry("found"), this.distance),
    )
  }

  update({ pose, found, words }) {
    const limit = 1.05 * Math.max(LEAST_LIMIT, ...[...pose, ...found].map(Math.abs))
    const at = value => `${(50 + (50 * value) / limit).toFixed(2)}%`
    this.rows.forEach((row, d) => {
      row.title = `${signed(pose[d])} → ${signed(found[d])}`
      row.style.setProperty("--set", at(pose[d]))
      row.style.setProperty("--found", at(found[d]))
      row.style.setProperty("--from", at(Math.min(pose[d], found[d])))
      row.style.setProperty("--to", at(Math.max(pose[d], found[d])))
    })
    this.ticks.forEach((tick, k) => (tick.textContent = k === 1 ? "0" : signed((k - 1) * limit, 2)))
    const apart = pose.reduce((sum, value, d) => sum + Math.abs(value - found[d]), 0) / pose.length
    this.distance.textContent = fill(words.loop_distance, { distance: apart.toFixed(3) })
    this.figure.setAttribute("aria-label", fill(words.loop, { distance: apart.toFixed(3) }))
  }

  end() {}
}
