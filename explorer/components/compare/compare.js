import { fill, make } from "../shared/dom.js"
import { Pictures } from "../shared/pictures.js"
import { HiddenSquare } from "./hidden_square.js"
import { NetworkRow } from "./network_row.js"
import { PartsBoard } from "./parts_board.js"
import { alike, shuffled } from "./quarters.js"
import { StopSlider } from "./stop_slider.js"
import { Arrangements } from "./arrangements.js"
import { buttonOf, choiceOf } from "./choices.js"

const PARTS = "parts"

// Networks side by side on a digit that is changed: every stop of the slider at work is known, so that dragging needs no
// word from the server; it hears what is set when a drag ends.
export class Compare {
  constructor(root) {
    this.root = root
  }

  // `data` as component.py sends it, with `answers` as in answers.js, and `send`, called with all that is set.
  update(data) {
    const other = data.subject !== this.data?.subject
    this.data = data
    this.root.removeAttribute("aria-busy")
    if (!other) return this.showKinds()
    this.set = {
      varied: data.varied,
      amounts: Object.fromEntries(Object.entries(data.amounts).map(([name, { stop }]) => [name, stop])),
      at: data.at,
      quarters: data.quarters,
      renormalised: data.renormalised,
    }
    this.stop = data.stop
    this.build()
    this.point()
  }

  get parts() {
    return this.data.varied === PARTS
  }

  build() {
    const { words, labels, rows, wanted, classes, answers } = this.data
    const focused = this.focusedName()
    this.dial?.end()
    this.rows = rows.filter(({ on }) => on).map(row => new NetworkRow(row, labels.length, this.parts, words))
    this.rows.forEach((row, n) => {
      const said = labels.map((_, a) => answers.at(n, a))
      row.draw(said, { wanted, classes, labels, range: this.data.ranges[n] })
    })
    this.dial = this.parts ? this.arrangements() : this.slider()
    this.count = make("p", { className: "count", role: "status" })
    this.kinds = make("div", { className: "kinds", role: "radiogroup", "aria-label": words.kinds })
    const bar = make("div", { className: "top" }, this.kinds, buttonOf("back", words.back, () => this.back()))
    this.showKinds()
    const list = make("ul", { className: "rows" }, ...this.rows.map(({ element }) => element))
    for (const row of this.rows) this.dial.ride?.(row.chart)
    this.root.replaceChildren(
      bar,
      make("p", { className: "finding", textContent: this.data.finding }),
      make("div", { className: "head" }, this.given(words), this.dial.element),
      this.beside(words),
      list,
      this.count,
      this.switches(words),
    )
    this.focusAgain(focused)
  }

  slider() {
    const { labels, neutral, words, varied } = this.data
    const name = words[`kind_${varied}`]
    return new StopSlider({ name, labels, neutral, words }, (stop, final) => {
      this.stop = stop
      this.set.amounts[varied] = stop
      this.point()
      if (final) this.send()
    })
  }

  arrangements() {
    const { labels, words, answers, side } = this.data
    return new Arrangements({ labels, words, pictures: answers.pictures, side }, stop => {
      this.stop = stop
      this.set.quarters = this.data.arrangements[stop] ?? this.data.quarters
      this.point()
      this.send()
    })
  }

  // The picture that all get.
  given(words) {
    const { side } = this.data
    this.canvas = make("canvas", { role: "img", "aria-label": words.given })
    this.picture = new Pictures(this.canvas, side)
    this.board = this.parts ? new PartsBoard(words, quarters => this.arrange(quarters)) : null
    this.square = new HiddenSquare(words, at => this.change({ at }))
    return make("div", { className: "picture" }, this.canvas, (this.board ?? this.square).element)
  }

  // What is said of the picture, and what is done to it beside the slider.
  beside(words) {
    const { side, reason, classes, wanted } = this.data
    const about = [fill(words.caption, { side }), reason, this.parts ? words.quarter_hint : fill(words.curves, { name: classes[wanted] })]
    const frames = choiceOf(words.frames, [words.lies, words.again], Number(this.set.renormalised), chosen =>
      this.change({ renormalised: chosen === 1 }),
    )
    frames.classList.add("frames")
    return make(
      "div",
      { className: "beside" },
      make("p", { className: "caption", textContent: about.join(" ") }),
      make("div", { className: "tools" }, frames, ...(this.parts ? [this.shuffler(words)] : [])),
    )
  }

  shuffler(words) {
    return buttonOf("shuffle", words.shuffle, () => this.arrange(shuffled(this.set.quarters)))
  }

  // Which networks take part.
  switches(words) {
    const { rows } = this.data
    const group = make("div", { className: "switches", role: "group", "aria-label": words.networks })
    group.append(make("span", {}, words.networks))
    rows.forEach((row, at) => {
      const button = buttonOf(`network-${at}`, `${row.kind} · ${row.training}`, () => {
        const beside = rows.filter(({ on }, other) => (other === at ? !on : on)).map(({ name }) => name)
        if (beside.length) this.change({ beside })
      })
      button.setAttribute("aria-pressed", row.on)
      group.append(button)
    })
    return group
  }

  // What can be varied; what is set beside what is varied says so.
  showKinds() {
    const { kinds, words, settings, amounts, quarters, arrangements, varied } = this.data
    const set = kind => (kind === PARTS ? !alike(quarters, arrangements[0]) : amounts[kind].stop !== amounts[kind].neutral)
    const names = kinds.map(kind => {
      const value = kind !== varied && set(kind) ? [make("small", {}, settings[kind])] : []
      return make("span", {}, words[`kind_${kind}`], ...value)
    })
    const choice = choiceOf(words.kinds, names, kinds.indexOf(varied), chosen => this.change({ varied: kinds[chosen] }))
    this.kinds.replaceChildren(...choice.children)
    this.kinds.onkeydown = choice.onkeydown
  }

  point() {
    const { answers, words, classes, wanted, labels, renormalised, sizes, side, at } = this.data
    const { stop } = this
    this.picture.grey(answers.pictures[stop])
    this.rows.forEach(row => row.point(stop))
    this.dial.point(stop)
    this.board?.update(this.set.quarters, words, this.canvas)
    const size = this.set.amounts.hidden
    this.square.update(at, renormalised ? 0 : sizes[size] / side, side)
    const said = this.rows.map(row => row.answers[stop])
    const yes = said.filter(answer => answer.said === wanted)
    const values = { some: yes.length, all: said.length, name: classes[wanted], sure: yes.filter(({ unsure }) => !unsure).length }
    const displaced = this.parts && stop !== 0
    const counted = fill(displaced ? words.count_parts : words.count, { ...values, at: labels[stop] })
    this.count.textContent = said[0].said === null ? words.empty : counted
  }

  arrange(quarters) {
    const known = this.data.arrangements.findIndex(ready => alike(ready, quarters))
    if (known < 0) return this.change({ quarters })
    this.dial.choose(known)
  }

  // All that was done to the digit is undone.
  back() {
    const amounts = Object.fromEntries(Object.entries(this.data.amounts).map(([name, { neutral }]) => [name, neutral]))
    this.change({ amounts, quarters: this.data.arrangements[0], at: [0.5, 0.5] })
    this.stop = this.data.neutral
    this.point()
  }

  // Sets what needs new answers of the server.
  change(changes) {
    Object.assign(this.set, changes)
    this.root.setAttribute("aria-busy", true)
    this.send()
  }

  send() {
    this.data.send({ beside: null, ...this.set })
  }

  focusedName() {
    return this.root.getRootNode().activeElement?.dataset?.name
  }

  focusAgain(name) {
    if (name) this.root.querySelector(`[data-name="${name}"]`)?.focus()
  }

  end() {
    this.dial?.end()
  }
}
