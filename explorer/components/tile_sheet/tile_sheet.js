import { newestPicture } from "../shared/picture.js"
import { walkable } from "../shared/walk.js"

// Lays out the tiles of a sheet: each a window on the one picture that holds them all, in a button where it can be
// chosen. Called again with each change of data: elements stay, so that keyboard focus does.
export async function layOut(sheet, data, choose) {
  const { sprite, names, label, selected, choosable } = data
  sheet.setAttribute("role", "group")
  sheet.setAttribute("aria-label", label)
  setSizes(sheet, data)
  const tiles = fitted(sheet, names.length, choosable ? "button" : "figure")
  tiles.forEach((tile, index) => nameTile(tile, index, data))
  if (choosable) {
    tiles.forEach((tile, index) => (tile.onclick = () => choose(index)))
    walkable(sheet, tiles, selected ?? 0)
  }
  if (!(await newestPicture(sheet, sprite))) return // so that the old pictures stay until the new ones can be shown
  const rule = sheet.nextElementSibling ?? sheet.parentNode.appendChild(document.createElement("style"))
  rule.textContent = `.sheet i { background-image: url(${sprite}) }` // one rule: the browser parses the long address once
}

function setSizes(sheet, { size, names, min_width, columns, crisp }) {
  const numbers = {
    "min-width": `${min_width}px`,
    columns: columns ?? 1000,
    count: names.length,
    width: size[0],
    height: size[1],
  }
  for (const [name, value] of Object.entries(numbers)) sheet.style.setProperty(`--${name}`, value)
  sheet.classList.toggle("small", min_width < 50)
  sheet.classList.toggle("smooth", !crisp)
  sheet.classList.toggle("single", names.length === 1)
}

function fitted(sheet, count, tag) {
  if (sheet.firstElementChild && sheet.firstElementChild.localName !== tag) sheet.replaceChildren()
  while (sheet.children.length > count) sheet.lastElementChild.remove()
  while (sheet.children.length < count) {
    const tile = document.createElement(tag)
    tile.append(document.createElement("i"), document.createElement("span"))
    tile.style.setProperty("--index", sheet.children.length)
    sheet.append(tile)
  }
  return [...sheet.children]
}

function nameTile(tile, index, { names, captions, selected, choosable }) {
  tile.title = names[index]
  tile.setAttribute("aria-label", names[index])
  tile.classList.toggle("selected", index === selected)
  tile.querySelector("span").textContent = captions ? names[index] : ""
  if (!choosable) return
  tile.type = "button"
  tile.setAttribute("aria-pressed", index === selected)
}
