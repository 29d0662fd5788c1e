// Lays out the tiles of a sheet: each a window on the one picture that holds them all, in a button where it can be
// chosen. Called again with each change of data: elements stay, so that keyboard focus does.

const newest = new WeakMap() // sheet element -> sprite that was asked for last

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

export default async function ({ data, parentElement, setTriggerValue }) {
  const { sprite, size, names, label, least, columns, captions, crisp, selected, choosable } = data
  const sheet = parentElement.querySelector(".sheet")
  sheet.setAttribute("role", "group")
  sheet.setAttribute("aria-label", label)
  const numbers = { least: `${least}px`, columns: columns ?? 1000, count: names.length, width: size[0], height: size[1] }
  for (const [name, value] of Object.entries(numbers)) sheet.style.setProperty(`--${name}`, value)
  sheet.classList.toggle("small", least < 50)
  sheet.classList.toggle("smooth", !crisp)
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
  if (choosable) walkable(sheet, tiles, selected ?? 0)
  newest.set(sheet, sprite)
  const picture = new Image()
  picture.src = sprite
  await picture.decode() // so that the old pictures stay until the new ones can be shown
  if (newest.get(sheet) !== sprite) return // a newer digit has come meanwhile
  const rule = sheet.nextElementSibling ?? sheet.parentNode.appendChild(document.createElement("style"))
  rule.textContent = `.sheet i { background-image: url(${sprite}) }` // one rule: the browser parses the long address once
}
