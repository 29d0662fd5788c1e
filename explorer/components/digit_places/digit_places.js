import { newestPicture } from "../shared/picture.js"
import { walkable } from "../shared/walk.js"

const SVG = "http://www.w3.org/2000/svg"

// The digit in its own pixels, marks above it as SVG in the picture's coordinates, and the patch of one mark.
// Called again with each change of data: elements stay, so that keyboard focus does.
export async function layOut(frame, data, choose) {
  const { picture, size, label, selected, marks } = data
  const [canvas, svg] = frame.children
  frame.setAttribute("role", "group")
  frame.setAttribute("aria-label", label)
  svg.setAttribute("viewBox", `-0.5 -0.5 ${size} ${size}`) // pixel centres are whole numbers, as in the network
  const elements = fitted(svg, marks.length)
  elements.forEach((element, index) => {
    const mark = marks[index]
    drawMark(element, mark, index === selected)
    element.onpointerenter = element.onfocus = () => outline(svg, mark, data.patch, index === selected)
    element.onpointerleave = element.onblur = () => outline(svg, marks[selected], data.patch, true)
    element.onclick = () => choose(index)
    element.onkeydown = event => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      choose(index)
    }
  })
  walkable(frame, elements, selected)
  outline(svg, marks[selected], data.patch, true)
  const image = await newestPicture(frame, picture)
  if (!image) return
  canvas.width = canvas.height = size
  canvas.getContext("2d").drawImage(image, 0, 0)
}

function fitted(svg, count) {
  const elements = [...svg.querySelectorAll(".mark")]
  while (elements.length > count) elements.pop().remove()
  while (elements.length < count) {
    const mark = shape("g", { role: "button" })
    mark.append(shape("circle", { class: "target" }), shape("circle", { class: "dot" }), shape("title", {}))
    elements.push(mark)
    svg.append(mark)
  }
  return elements
}

// The larger, the further from 0; filled where it pulls forward, hollow where it pulls back.
function drawMark(element, { x, y, value, name }, selected) {
  const [target, dot, title] = element.children
  set(target, { cx: x, cy: y, r: 1 })
  set(dot, { cx: x, cy: y, r: 0.3 + 0.7 * Math.sqrt(Math.abs(value)), class: value < 0 ? "dot back" : "dot" })
  set(element, { class: selected ? "mark selected" : "mark", "aria-label": name, "aria-pressed": selected })
  title.textContent = name
}

// What one place sees: a square of `patch` pixels about it.
function outline(svg, { x, y }, patch, followed) {
  for (const square of svg.querySelectorAll(".rim, .patch"))
    set(square, { x: x - patch / 2, y: y - patch / 2, width: patch, height: patch })
  svg.classList.toggle("followed", followed)
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name)
  set(element, attributes)
  return element
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}
