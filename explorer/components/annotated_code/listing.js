import { fill, make } from "../shared/dom.js"
import { walkable } from "../shared/walk.js"

// Lines of code with their numbers; those that have a note are buttons, and arrow keys go from one to the next.
export class Listing {
  // `act`: { point(line), canHover() }.
  constructor({ lines, notes, words }, act) {
    this.marks = new Map() // number of a line that has a note -> its element
    const noted = new Set(notes.map(note => note.line))
    const rows = lines.map(line => (line ? this.row(line, noted.has(line[0]), act) : gap(words)))
    this.element = make("div", { className: "listing", role: "group", "aria-label": fill(words.listing, {}) }, ...rows)
    this.entries = [...this.marks.values()]
    this.element.addEventListener("focusin", ({ target }) => target.lineNumber && act.point(target.lineNumber))
  }

  row([number, tokens], isNoted, act) {
    const code = make("code", {}, ...tokens.map(([kind, text]) => make("span", { className: kind, textContent: text })))
    const text = tokens.map(([, part]) => part).join("")
    const row = make(
      isNoted ? "button" : "div",
      { className: isNoted ? "line mark" : "line" },
      make("span", { className: "number", textContent: number, "aria-hidden": "true" }),
      code,
    )
    row.style.setProperty("--indent", text.length - text.trimStart().length)
    if (!isNoted) return row
    Object.assign(row, { type: "button", lineNumber: number })
    row.onclick = () => act.point(number)
    row.onpointerenter = ({ pointerType }) => pointerType === "mouse" && act.canHover() && act.point(number)
    this.marks.set(number, row)
    return row
  }

  light(line) {
    this.lit = this.marks.get(line)
    for (const mark of this.entries) mark.toggleAttribute("aria-current", mark === this.lit)
    this.lit.setAttribute("aria-current", "true")
    walkable(this.element, this.entries, this.entries.indexOf(this.lit))
  }

  // Scrolls within the listing, never the page.
  reveal(line) {
    const box = this.element
    const row = this.marks.get(line)
    const above = row.offsetTop - box.offsetTop
    const inSight = above >= box.scrollTop && above + row.offsetHeight <= box.scrollTop + box.clientHeight
    if (!inSight) box.scrollTop = above - box.clientHeight / 3
  }
}

function gap(words) {
  return make("div", { className: "line gap" }, make("span", { className: "number", textContent: "⋮" }), make("code", { className: "doc", textContent: words.left_out }))
}
