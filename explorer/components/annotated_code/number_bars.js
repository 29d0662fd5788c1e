import { fill, make, signed } from "../shared/dom.js"

const LEAST = 1e-3 // the scale's least end: zeros are drawn as none

// A line's numbers as bars, on one scale for all iterations: of every digit, or of one pose. Hollow ones are negative.
export class NumberBars {
  constructor(words) {
    this.words = words
    this.columns = make("div", { className: "columns", role: "img" })
    this.caption = make("p", { className: "caption" })
    this.element = make("div", { className: "bars" }, this.caption, this.columns)
  }

  show({ bars, pose, symbol }, values, classes, { focus, rival }) {
    this.element.hidden = !values.length
    if (!values.length) return
    const all = bars.flat()
    const [low, high] = [Math.min(0, ...all), Math.max(LEAST, ...all)]
    const heightAt = value => (100 * (value - low)) / (high - low)
    const hue = k => (pose ? "own" : k === focus ? "focus" : k === rival ? "rival" : "other")
    this.caption.textContent = fill(pose ? this.words.of_pose : this.words.of_digits, { symbol })
    this.columns.style.setProperty("--zero", `${heightAt(0)}%`)
    this.columns.replaceChildren(
      ...values.map((value, k) => {
        const bar = make("i", { className: value < 0 ? "back" : "" })
        bar.style.cssText = `bottom: ${heightAt(Math.min(0, value))}%; height: ${heightAt(Math.abs(value)) - heightAt(0)}%`
        const name = make("span", { textContent: pose ? "" : classes[k] })
        return make("div", { className: `bar ${hue(k)}` }, make("div", { className: "track" }, bar), name)
      }),
    )
    const numbers = values.map((value, k) => (pose ? signed(value, 2) : `${classes[k]}: ${signed(value, 2)}`))
    this.columns.setAttribute("aria-label", fill(this.words.bars, { numbers: numbers.join(", ") }))
  }
}
