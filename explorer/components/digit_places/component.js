// The digit in its own pixels, marks above it as SVG in the picture's coordinates, and the patch of one mark.

const SVG = "http://www.w3.org/2000/svg"
const newest = new WeakMap() // stage -> picture that was asked for last

function markOf(index) {
  const mark = document.createElementNS(SVG, "g")
  mark.append(...["target", "dot"].map(name => {
    const circle = document.createElementNS(SVG, "circle")
    circle.setAttribute("class", name)
    return circle
  }))
  mark.append(document.createElementNS(SVG, "title"))
  mark.setAttribute("role", "button")
  return mark
}

export default async function ({ data, parentElement, setTriggerValue }) {
  const { picture, size, label, patch, selected, marks } = data
  const stage = parentElement.querySelector(".stage")
  const [canvas, svg] = stage.children
  const outline = svg.querySelector(".patch")
  stage.setAttribute("role", "group")
  stage.setAttribute("aria-label", label)
  svg.setAttribute("viewBox", `-0.5 -0.5 ${size} ${size}`) // pixel centres are whole numbers, as in the network
  const elements = [...svg.querySelectorAll(".mark")]
  while (elements.length < marks.length) {
    elements.push(markOf())
    svg.append(elements.at(-1))
  }
  while (elements.length > marks.length) elements.pop().remove()

  const show = index => {
    const { x, y } = marks[index]
    for (const [name, value] of Object.entries({ x: x - patch / 2, y: y - patch / 2, width: patch, height: patch })) {
      outline.setAttribute(name, value)
    }
  }
  elements.forEach((mark, index) => {
    const { x, y, value, name } = marks[index]
    const radii = [1, 0.2 + 0.8 * Math.sqrt(Math.abs(value))]
    mark.querySelectorAll("circle").forEach((circle, which) => {
      circle.setAttribute("cx", x)
      circle.setAttribute("cy", y)
      circle.setAttribute("r", radii[which])
    })
    mark.querySelector(".dot").setAttribute("fill", value >= 0 ? "#ff8a4a" : "#4aa3ff")
    mark.setAttribute("class", index === selected ? "mark selected" : "mark")
    mark.setAttribute("aria-label", name)
    mark.setAttribute("aria-pressed", index === selected)
    mark.querySelector("title").textContent = name
    mark.onpointerenter = mark.onfocus = () => show(index)
    mark.onpointerleave = mark.onblur = () => show(selected)
    mark.onclick = () => setTriggerValue("chosen", index)
    mark.onkeydown = event => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      setTriggerValue("chosen", index)
    }
  })
  walkable(stage, elements, selected)
  show(selected)

  newest.set(stage, picture)
  const image = new Image()
  image.src = picture
  await image.decode()
  if (newest.get(stage) !== picture) return // a newer digit has come meanwhile
  canvas.width = canvas.height = size
  canvas.getContext("2d").drawImage(image, 0, 0)
}
