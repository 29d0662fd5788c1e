// Draws the tiles of a sheet: each a canvas of its own pixels, enlarged by CSS, in a button where it can be chosen.
// Called again with each change of data: elements stay, so that keyboard focus does.

const newest = new WeakMap() // sheet element -> sprite that was asked for last

function fitted(sheet, count, tag) {
  if (sheet.firstElementChild && sheet.firstElementChild.localName !== tag) sheet.replaceChildren()
  while (sheet.children.length > count) sheet.lastElementChild.remove()
  while (sheet.children.length < count) {
    const tile = document.createElement(tag)
    tile.append(document.createElement("canvas"), document.createElement("span"))
    sheet.append(tile)
  }
  return [...sheet.children]
}

export default async function ({ data, parentElement, setTriggerValue }) {
  const { sprite, size, names, label, least, columns, captions, selected, choosable } = data
  const sheet = parentElement.querySelector(".sheet")
  sheet.setAttribute("role", "group")
  sheet.setAttribute("aria-label", label)
  sheet.style.setProperty("--least", `${least}px`)
  sheet.style.setProperty("--columns", columns ?? 1000)
  sheet.classList.toggle("small", least < 60)
  sheet.classList.toggle("single", names.length === 1)
  const tiles = fitted(sheet, names.length, choosable ? "button" : "figure")
  tiles.forEach((tile, index) => {
    tile.title = names[index]
    tile.setAttribute("aria-label", names[index])
    tile.classList.toggle("selected", index === selected)
    if (choosable) {
      tile.type = "button"
      tile.setAttribute("aria-pressed", index === selected)
      tile.onclick = () => setTriggerValue("chosen", index)
    }
    tile.querySelector("span").textContent = captions ? names[index] : ""
  })
  newest.set(sheet, sprite)
  const picture = new Image()
  picture.src = sprite
  await picture.decode()
  if (newest.get(sheet) !== sprite) return // a newer digit has come meanwhile
  const [width, height] = size
  tiles.forEach((tile, index) => {
    const canvas = tile.querySelector("canvas")
    canvas.width = width
    canvas.height = height
    canvas.getContext("2d").drawImage(picture, index * width, 0, width, height, 0, 0, width, height)
  })
}
