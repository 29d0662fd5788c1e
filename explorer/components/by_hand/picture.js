import { fill, make } from "../shared/dom.js"
import { partOf } from "./part.js"
import { planeOf } from "./plane.js"
import { CouplingRows, LogitRows } from "./rows.js"
import { Says } from "./says.js"
import { VotePlanes } from "./vote_planes.js"

const LIT = { c: "splits", s: "votes", v: "votes", b: "remembers" } // the card of each phase

// Four cards: what the capsule says, its votes against what two digit capsules came to, what its logits remember, and
// how it splits its output then.
export class Picture {
  // `step(iteration)` is called when one is chosen, `tryVote(j, vote)` when a vote is tried, or taken back by null.
  constructor(root, data, { step, tryVote }) {
    Object.assign(this, { data, tryVote })
    const { words } = data
    this.title = make("div", { role: "heading", className: "title", "aria-level": 2 })
    this.where = make("p")
    this.steps = stepsOf(data, step)
    this.cards = {}
    root.replaceChildren(
      make("header", {}, make("div", {}, this.title, this.where), make("div", { className: "steps" }, ...this.steps)),
      make("div", { className: "cards" }, ...this.begun(words)),
    )
  }

  begun(words) {
    const { classes, pose, inverseTemperature: beta } = this.data
    const softmax = beta === 1 ? "softmax(b)" : `softmax(${beta}\u00a0b)`
    const says = this.card("says", fill(words.formula, { count: this.data.primaryPose }))
    this.says = new Says(says, words)
    const votes = this.card("votes", "û·v = |û| |v| cos θ")
    this.planes = new VotePlanes(votes, words, this.tryVote)
    votes.append(this.tryOut(words), ...this.planes.products)
    const remembers = this.card("remembers", "b ← b + û·v")
    this.logits = new LogitRows(remembers, classes, [words.column_logit, "b"])
    remembers.append(markOf(words), make("p", { className: "small", textContent: words.blocks }))
    const splits = this.card("splits", `c = ${softmax}`)
    this.couplings = new CouplingRows(splits, classes, [words.column_share, "c"])
    this.after = make("p", { className: "small" })
    splits.append(markOf(words), this.after)
    return [says, votes, remembers, splits]
  }

  card(name, formula) {
    const title = make("div", { role: "heading", "aria-level": 3, textContent: this.data.words[name] })
    const words = make("p", { className: "formula", textContent: formula })
    return (this.cards[name] = make("section", { className: `card ${name}` }, title, words))
  }

  // Says that a vote can be dragged, and once one was, takes it back.
  tryOut(words) {
    this.hint = make("p", { className: "small" })
    this.back = make("button", { textContent: words.back, onclick: () => this.undo() })
    return make("div", { className: "try" }, this.hint, markOf(words), this.back)
  }

  undo() {
    for (const j of this.triedNow) this.tryVote(j, null)
    this.planes.arrows[0].tip.focus() // the button is gone
  }

  // `tried`: Map of a class to a vote [D] in place of the true one.
  show(subject, { compared, phase, focus, rival }, tried) {
    const { words, classes, inverseTemperature, iterations } = this.data
    const votes = subject.votes.map((vote, j) => tried.get(j) ?? vote)
    const truth = partOf(subject.votes, subject.poses, inverseTemperature)
    const part = tried.size ? partOf(votes, subject.poses, inverseTemperature) : truth
    const hues = classes.map((_, j) => (j === focus ? "focus" : j === rival ? "rival" : "other"))
    this.triedNow = [...tried.keys()]
    this.title.textContent = fill(words.title, subject.place)
    const pair = { name: classes[focus], rival: classes[rival] }
    this.where.textContent = fill(words.where, { iteration: compared, iterations, ...pair })
    this.steps.forEach((button, r) => button.setAttribute("aria-pressed", r === compared - 1))
    for (const [name, card] of Object.entries(this.cards)) {
      card.toggleAttribute("data-lit", LIT[phase] === name)
      card.toggleAttribute("data-what-if", tried.size > 0 && name !== "says")
    }
    this.hint.textContent = tried.size > 0 ? words.held : words.drag
    this.back.hidden = tried.size === 0
    this.says.show(subject, this.data)
    this.planes.show([focus, rival].map(j => this.planeFor(j, subject, votes, compared, hues)))
    this.logits.colour(hues)
    this.logits.show(part.logits, compared, truth.logits)
    this.couplings.colour(hues)
    this.couplings.show(part.couplings[compared - 1], part.couplings[compared])
    this.after.textContent = compared < iterations ? words.before : words.beyond
  }

  planeFor(j, subject, votes, compared, hues) {
    const pose = subject.poses[compared - 1][j]
    const truth = planeOf(subject.votes[j], pose)
    const plane = votes[j] === subject.votes[j] ? truth : planeOf(votes[j], pose, subject.votes[j])
    return { j, name: this.data.classes[j], hue: hues[j], plane, truth }
  }

  end() {
    this.planes.end()
  }
}

const markOf = words => make("span", { className: "what-if", textContent: words.what_if })

// A button for each iteration.
function stepsOf({ words, iterations }, step) {
  return Array.from({ length: iterations }, (_, r) =>
    make("button", {
      textContent: r + 1,
      "aria-label": fill(words.step, { iteration: r + 1 }),
      onclick: () => step(r + 1),
    }),
  )
}
