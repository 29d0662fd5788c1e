// Changes of what others have drawn, to be taken back; where they have drawn it anew meanwhile, theirs stays.
export class Patches {
  constructor() {
    this.made = new Map() // node -> name -> { before, after }
  }

  // `name` is an attribute's, or "textContent", or "style." and a property's.
  set(node, name, value) {
    if (!this.made.has(node)) this.made.set(node, new Map())
    const names = this.made.get(node)
    const now = read(node, name)
    if (names.get(name)?.after !== now) names.set(name, { before: now })
    write(node, name, value)
    names.get(name).after = read(node, name)
  }

  undo() {
    for (const [node, names] of this.made)
      for (const [name, { before, after }] of names) if (read(node, name) === after) write(node, name, before)
    this.made.clear()
  }

  // What was changed is drawn anew.
  forget() {
    this.made.clear()
  }
}

function read(node, name) {
  if (name === "textContent") return node.textContent
  return name.startsWith("style.") ? node.style.getPropertyValue(name.slice(6)) : node.getAttribute(name)
}

function write(node, name, value) {
  if (name === "textContent") node.textContent = value
  else if (name.startsWith("style.")) node.style.setProperty(name.slice(6), value)
  else node.setAttribute(name, value)
}
