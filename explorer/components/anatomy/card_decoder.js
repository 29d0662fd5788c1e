import { askNetwork } from "../shared/ask_network.js"
import { fill, make } from "../shared/dom.js"
import { paintMap } from "../shared/pictures.js"
import { cardOf, named, pageLink, paragraph } from "./card_parts.js"

// Stage 6: the digit, what the decoder draws of it and how they differ; what the other capsules would draw.
export class CardDecoder {
  constructor(words) {
    this.words = words
    const picture = name => make("canvas", { role: "img", "aria-label": words[name] })
    this.pictures = { given: picture("given"), drawn: picture("drawn"), difference: picture("difference") }
    const three = Object.entries(this.pictures).map(([name, canvas]) => named(canvas, words[name], name))
    const legend = ["more", "less"].map(name => make("span", { className: name, textContent: words[`ink_${name}`] }))
    this.others = make("div", { className: "others" })
    this.summary = make("summary", { textContent: words.others })
    this.disclosure = make("details", {}, this.summary, make("p", { textContent: words.others_why }), this.others)
    this.disclosure.ontoggle = () => this.showOthers()
    const links = make("p", { className: "links" }, pageLink(words.to_pose, "pose"))
    const row = make("div", { className: "row" }, ...three)
    this.said = make("p")
    this.element = cardOf(words.heading_decoder, [this.said, paragraph(words.decoder_why), links], row, make("p", { className: "legend" }, ...legend), this.disclosure)
  }

  show(view) {
    const { shown, picture, config, colours, words, classes, focus } = view
    this.view = view
    const size = config.image_size
    this.said.textContent = fill(words.decoder, { count: config.digit_pose, name: classes[focus] })
    paintMap(this.pictures.given, shown.image, size, colours.ink, 0, 1)
    if (picture) {
      paintMap(this.pictures.drawn, picture, size, colours.ink, 0, 1)
      paintMap(this.pictures.difference, picture.map((pixel, p) => pixel - shown.image[p]), size, colours.difference, -1, 1)
    }
    this.showOthers()
  }

  // What each capsule draws: from the server's pictures, or while the pen moves by the network in the browser.
  async showOthers() {
    if (!this.disclosure.open || this.asking) return
    const { view } = this
    this.asking = true
    const pictures = view.live ? await this.asked(view) : drawnByServer(view)
    this.asking = false
    if (view !== this.view) return this.showOthers() // another digit meanwhile
    if (!pictures) return
    const { classes, config, colours, shown, focus } = view
    const tiles = classes.map((name, j) => this.others.children[j] ?? named(make("canvas", { "aria-hidden": true }), name))
    if (tiles.length !== this.others.children.length) this.others.replaceChildren(...tiles)
    tiles.forEach((tile, j) => {
      const [canvas, caption] = tile.children
      paintMap(canvas, pictures[j], config.image_size, colours.ink, 0, 1)
      caption.textContent = `${classes[j]} · ${shown.lengths[j].toFixed(2)}`
      tile.className = j === focus ? "focus" : ""
    })
  }

  async asked({ shown, classes, config: { digit_pose: D } }) {
    const asked = classes.map((_, capsule) => askNetwork({ decode: { capsule, poses: [shown.poses.slice(capsule * D, (capsule + 1) * D)] } }))
    const answers = await Promise.all(asked)
    return answers.every(Boolean) ? answers.map(([picture]) => picture) : null
  }
}

const drawnByServer = ({ shown, classes, config: { image_size: size } }) =>
  classes.map((_, j) => shown.pictures.subarray(j * size ** 2, (j + 1) * size ** 2))
