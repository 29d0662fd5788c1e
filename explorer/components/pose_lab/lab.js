// The pose page's instrument: the picture, its pose's sliders, and what is done to all of them.

let order = "effect" // or "number"; kept while the page stays open
let newestLab // the one on the page, for whoever has a pose to show

class Lab {
  constructor(root, data) {
    const { words } = data
    this.data = data
    this.pose = new Float32Array(data.own.length)
    this.pressed = new Float32Array(data.own.length)
    this.dimensions = data.own.map((_, d) => new Dimension(d, data.side, words, this.actions(d)))
    this.sliders = make("div", { className: "sliders", role: "group", "aria-label": words.sliders })
    this.stage = new Stage(data, {
      undo: () => this.data.send("undo", this.data.subject),
      reset: () => this.choose(this.own),
      random: () => this.choose(this.randomPose()),
    })
    const desk = make("div", { className: "desk" }, this.head(words), this.sliders, this.legend(words))
    root.replaceChildren(this.stage.element, desk)
    this.arrange()
    newestLab = this
  }

  head(words) {
    const choice = name =>
      make("button", { type: "button", textContent: words[`order_${name}`], onclick: () => this.arrange(name) })
    this.orders = { number: choice("number"), effect: choice("effect") }
    const orders = make(
      "div",
      { className: "order", role: "group", "aria-label": words.order },
      words.order,
      ...Object.values(this.orders),
    )
    return make("div", { className: "top" }, make("b", { textContent: words.lead }), orders)
  }

  legend(words) {
    const entry = name => make("span", {}, make("i", { className: name }), words[`legend_${name}`])
    const entries = ["own", "paper", "trained", "beyond"].map(entry)
    return make("p", { className: "legend" }, ...entries, words.reset_help)
  }

  // Shows what Python says; the pose set is taken over only for another digit, or where Python went back to an older.
  update(data) {
    const other = data.subject !== this.data.subject || !this.own
    const older = data.version !== this.data.version
    if (other || older) this.stop()
    this.data = data
    this.stage.tell(data)
    if (other) this.begin()
    if (other || older) this.take(data.pose)
  }

  begin() {
    const { data } = this
    const { own, low, high, trained_low, trained_high } = data
    this.own = Float32Array.from(own)
    this.stage.begin(data.decoder.draw(data.capsule, this.own).slice())
    this.dimensions.forEach((dimension, d) => {
      const limits = { low: low[d], high: high[d], trained_low: trained_low[d], trained_high: trained_high[d] }
      dimension.span({ ...data, ...limits, own: own[d] })
    })
    later(this, "effects", this.measure())
  }

  take(pose) {
    this.pose.set(pose)
    this.told = String(Array.from(this.pose))
    this.showAll()
    this.refreshStrips()
  }

  // The picture first: everything else may come a moment later.
  draw() {
    this.stage.show(this.data.decoder.draw(this.data.capsule, this.pose), this.data.colours)
  }

  showAll() {
    this.draw()
    this.dimensions.forEach((dimension, d) => dimension.show(this.pose[d]))
    this.showLength()
  }

  showLength() {
    const squares = this.pose.reduce((sum, value) => sum + value * value, 0)
    this.stage.showLength(Math.sqrt(squares))
    this.dimensions.forEach((dimension, d) => dimension.reach(squares - this.pose[d] * this.pose[d]))
  }

  actions(d) {
    return {
      press: () => {
        this.rest()
        this.pressed.set(this.pose)
        touch()
      },
      input: value => this.turn(d, value),
      release: () => this.release(d),
      cancel: () => {
        this.pose.set(this.pressed)
        this.showAll()
        this.refreshStrips()
      },
      reset: () => {
        this.rest()
        this.turn(d, this.own[d])
        this.release(d)
      },
      play: () => this.toggle(d),
    }
  }

  turn(d, value) {
    touch()
    this.pose[d] = value
    this.draw()
    this.dimensions[d].show(value)
    this.showLength()
  }

  // The one word to the server, and only where something has changed.
  release(turned) {
    const pose = Array.from(this.pose)
    if (String(pose) === this.told) return
    this.told = String(pose)
    this.data.send("released", { subject: this.data.subject, pose })
    this.refreshStrips(turned)
  }

  choose(pose) {
    this.rest()
    this.pose.set(pose)
    this.showAll()
    this.release()
  }

  // As a training digit might have it: independent normal numbers within the span, and no longer than squash allows.
  randomPose() {
    const { trained_low: low, trained_high: high } = this.data
    const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
    const between = d => (low[d] + high[d]) / 2 + (Math.max(-3, Math.min(3, normal())) * (high[d] - low[d])) / 6
    let pose
    for (let tries = 0; tries < 100; tries++) {
      pose = Float32Array.from(low, (_, d) => between(d))
      if (Math.hypot(...pose) < 1) break
    }
    return pose
  }

  toggle(d) {
    const started = this.playing !== d
    this.rest()
    if (!started) return
    const { paper } = this.data
    this.playing = d
    this.ending = swing((this.pose[d] - this.own[d]) / paper, share => this.turn(d, this.own[d] + paper * share))
    showPlaying(this.dimensions[d].play, true)
  }

  // Ends what plays; the pose that it stopped at counts as set.
  rest() {
    const d = this.playing
    this.stop()
    if (d !== undefined) this.release(d)
  }

  stop() {
    if (this.playing === undefined) return
    this.ending()
    showPlaying(this.dimensions[this.playing].play, false)
    this.playing = undefined
  }

  // How much each number changes the picture: root mean square over pixels between the ends of the paper's swing.
  *measure() {
    const { dimensions, own, data } = this
    const effects = []
    const turned = (d, offset) => data.decoder.draw(data.capsule, own.with(d, own[d] + offset))
    for (let d = 0; d < own.length; d++) {
      const low = turned(d, -data.paper).slice()
      const squares = turned(d, data.paper).reduce((sum, value, p) => sum + (value - low[p]) ** 2, 0)
      effects.push(Math.sqrt(squares / low.length))
      yield
    }
    const largest = Math.max(...effects)
    dimensions.forEach((dimension, d) => dimension.effect(effects[d], effects[d] / largest))
    this.arrange()
  }

  arrange(by = order) {
    order = by
    for (const [name, button] of Object.entries(this.orders)) button.setAttribute("aria-pressed", name === order)
    const elements = this.sorted().map(dimension => dimension.element)
    if (elements.some((element, k) => element !== this.sliders.children[k])) this.sliders.replaceChildren(...elements)
    this.sliders.style.setProperty("--rows", Math.ceil(elements.length / 2))
  }

  sorted() {
    const strength = dimension => (order === "effect" ? (dimension.strength ?? 0) : 0)
    return [...this.dimensions].sort((a, b) => strength(b) - strength(a))
  }

  // A strip holds the other numbers as they are now, so its own turning leaves it as it is.
  refreshStrips(turned) {
    later(this, "strips", this.strips(turned))
  }

  *strips(turned) {
    const { data } = this
    const pose = this.pose.slice()
    for (const { index, film } of this.sorted()) {
      const value = pose[index]
      const draw = at => {
        pose[index] = at
        return data.decoder.draw(data.capsule, pose)
      }
      if (index !== turned) yield* film.strip(draw)
      pose[index] = value
    }
  }

  end() {
    this.stop()
    dropChores(this)
    if (newestLab === this) newestLab = undefined
  }
}
