import { fill, make } from "../shared/dom.js"
import { Curves } from "../shared/curves.js"
import { lookOf, runsOf } from "./answers.js"

const LEAST = 0.028 // of a strip's width: what a digit needs

// One network: what it answers at the stop looked at, and what it would at all others.
export class NetworkRow {
  // `row`: { kind, training, measure }; `stops`: how many there are; `parts`: whether they are arrangements.
  constructor(row, stops, parts, words) {
    this.words = words
    this.answer = make("strong", { className: "answer" })
    this.bar = make("i")
    this.number = make("b")
    this.curves = parts ? null : new Curves([...Array(stops).keys()], 0, 1)
    this.strip = make("div", { className: parts ? "cells" : "strip", "aria-hidden": true })
    this.chart = make("div", { className: "chart" }, ...(parts ? [] : [make("div", { className: "plot" }, this.curves.element)]), this.strip)
    this.element = make(
      "li",
      { className: "row" },
      make("div", { className: "name" }, make("b", {}, row.kind), make("small", {}, row.training)),
      this.answer,
      make("div", { className: "score" }, make("span", { className: "bar", "aria-hidden": true }, this.bar), make("span", {}, this.number, ` ${row.measure}`)),
      this.chart,
    )
  }

  // `answers`: of this network at each stop, as in answers.js; `wanted` of the `classes`: what the digit is; `labels` of
  // the stops; `range`: from which stop to which it holds, or null.
  draw(answers, { wanted, classes, labels, range }) {
    Object.assign(this, { answers, wanted, classes })
    const told = runsOf(answers).map(({ first, last, answer }) =>
      fill(this.words.run, { answer: this.textOf(answer), first: labels[first], last: labels[last] }),
    )
    this.chart.setAttribute("role", "img")
    this.chart.setAttribute("aria-label", fill(this.words.chart, { name: classes[wanted], runs: told.join(", ") }))
    if (!this.curves) {
      this.strip.replaceChildren(...answers.map(answer => this.tile(answer)))
      return
    }
    const values = answers.map(({ said, scores }) => (said === null ? NaN : scores[wanted]))
    this.curves.draw([{ values, kind: "focus", dots: false }], [], range)
    this.strip.replaceChildren(...runsOf(answers).map(run => this.run(run)))
  }

  run({ first, last, answer }) {
    const most = this.answers.length - 1
    const from = Math.max(0, first - 0.5) / most
    const wide = Math.min(most, last + 0.5) / most - from
    const text = wide < LEAST ? "" : this.textOf(answer, wide > 2 * LEAST)
    const element = make("span", { className: lookOf(answer, this.wanted) }, text)
    Object.assign(element.style, { left: `${100 * from}%`, width: `${100 * wide}%` })
    return element
  }

  tile(answer) {
    return make("span", { className: lookOf(answer, this.wanted) }, make("b", {}, this.textOf(answer)), make("small", {}, scoreText(answer)))
  }

  textOf({ said, unsure }, doubt = true) {
    return said === null ? this.words.nothing : this.classes[said] + (unsure && doubt ? "?" : "")
  }

  point(stop) {
    const answer = this.answers[stop]
    this.answer.className = `answer ${lookOf(answer, this.wanted)}`
    this.answer.textContent = this.textOf(answer)
    this.answer.title = answer.said !== null && answer.unsure ? this.words.unsure : ""
    this.bar.style.width = `${100 * Math.max(0, Math.min(1, answer.score))}%`
    this.bar.className = lookOf(answer, this.wanted)
    this.number.textContent = scoreText(answer)
    if (this.curves) this.curves.point(stop, answer.said === null ? NaN : answer.scores[this.wanted])
    else [...this.strip.children].forEach((tile, at) => tile.classList.toggle("here", at === stop))
  }
}

const scoreText = ({ said, score }) => (said === null ? "" : score.toFixed(2))
