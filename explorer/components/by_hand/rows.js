import { make, signed } from "../shared/dom.js"
import { printedShares } from "./printed.js"

const DIGITS_OF_SHARES = 3

// A row for each class: its name, a track, and a number.
class Rows {
  // `heads`: words above the tracks and above the numbers.
  constructor(card, classes, heads) {
    card.append(make("div", { className: "heads" }, ...heads.map(textContent => make("span", { textContent }))))
    this.rows = classes.map(name => {
      const [track, number] = [make("div", { className: "track" }), make("span")]
      const cells = [make("b", { textContent: name }), track, number]
      return { track, number, element: make("div", { className: "row", role: "listitem" }, ...cells) }
    })
    card.append(make("div", { className: "rows", role: "list" }, ...this.rows.map(({ element }) => element)))
  }

  // `hues`: "focus", "rival" or "other" of each class.
  colour(hues) {
    this.rows.forEach(({ element }, j) => (element.dataset.hue = hues[j]))
  }
}

// b: a block for each iteration so far, from where the one before ended.
export class LogitRows extends Rows {
  // logits [R + 1][J], those on entering each iteration; the blocks are those of the first `count` iterations. `reach`:
  // logits that are in sight, too, so that blocks keep their size while others are tried.
  show(logits, count, reach) {
    const all = [...logits, ...reach].flat()
    const [low, high] = [Math.min(0, ...all), Math.max(1e-6, ...all)]
    const share = logit => (logit - low) / (high - low)
    this.rows.forEach(({ track, number }, j) => {
      const blocks = Array.from({ length: count }, (_, r) => {
        const [before, after] = [logits[r][j], logits[r + 1][j]]
        const block = make("i", { className: after < before ? "back" : "" })
        block.classList.toggle("newest", r === count - 1)
        return place(block, share(Math.min(before, after)), Math.abs(after - before) / (high - low))
      })
      track.replaceChildren(...blocks, place(make("i", { className: "zero" }), share(0), 0))
      number.textContent = signed(logits[count][j], 2)
    })
  }
}

// c: how the capsule splits its output, which is the whole track; and as an outline how it did before.
export class CouplingRows extends Rows {
  show(before, couplings) {
    const texts = printedShares(couplings, DIGITS_OF_SHARES)
    this.rows.forEach(({ track, number }, j) => {
      track.replaceChildren(
        place(make("i", { className: "newest" }), 0, couplings[j]),
        place(make("i", { className: "before" }), 0, before[j]),
      )
      number.textContent = texts[j]
    })
  }
}

function place(element, start, width) {
  element.style.left = `${100 * start}%`
  element.style.width = `${100 * width}%`
  return element
}
