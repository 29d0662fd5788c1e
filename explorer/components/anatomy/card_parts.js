import { make } from "../shared/dom.js"

// Words of a card: what stands between ** is bold.
export function rich(element, text) {
  if (element.dataset.text === text) return element
  element.dataset.text = text
  element.replaceChildren(...text.split("**").map((part, n) => (n % 2 ? make("b", { textContent: part }) : part)))
  return element
}

// A card's words on the left, what it shows on the right.
export function cardOf(title, words, ...figures) {
  const text = make("div", { className: "words" }, make("h3", { textContent: title }), ...words)
  return make("div", { className: "inside" }, text, make("div", { className: "figures" }, ...figures))
}

export const paragraph = text => rich(make("p"), text)

// A picture with its name below.
export function named(canvas, name, className = "") {
  const caption = make("figcaption", { textContent: name })
  return make("figure", { className }, canvas, caption)
}

export function button(text, onclick, className) {
  return make("button", { type: "button", className, textContent: text, onclick })
}

// Opens another page of the app: that of the stage whose card it stands in.
export const pageLink = (text, name) => button(text, () => visitPage(name), "page-link")

// As its link in the navigation does.
function visitPage(name) {
  const links = [...document.querySelectorAll('[data-testid="stTopNavLink"], .st-key-phone-pages a')]
  links.find(link => new URL(link.href).pathname.split("/").at(-1) === name)?.click()
}
