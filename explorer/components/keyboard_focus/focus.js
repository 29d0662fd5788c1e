import { KEYED, keyOf, keyed } from "../shared/keys.js"
import { focused, sameStop, stops } from "./stops.js"

const POPOVER = "[data-testid=stPopoverBody]"
const OPENER = "[data-testid=stPopoverButton][aria-expanded=true]"

// Follows the focus on a page. What is opened gets it, a popover keeps it until it is closed and then gives it back, and
// where what has it is taken away, it goes to the control before.
export class Focus {
  constructor() {
    this.last = null // { element, keys, popover } of what had the focus last
    this.popover = null // the one that is open
    this.opener = null // its button's key
    this.ending = new AbortController()
    const { signal } = this.ending
    document.addEventListener("focusin", event => this.remember(event.composedPath()[0]), { signal })
    document.addEventListener("pointerdown", () => (this.last = null), { signal, capture: true })
    document.addEventListener("keydown", event => this.stayWithin(event), { signal, capture: true })
    this.observer = new MutationObserver(() => this.look())
    this.observer.observe(document.body, { childList: true, subtree: true })
  }

  end() {
    this.ending.abort()
    this.observer.disconnect()
  }

  remember(element) {
    this.last = { element, keys: keysBefore(element), popover: Boolean(this.popover && holds(this.popover, element)) }
  }

  // After each change of the page: was a popover opened, or what had the focus taken away?
  look() {
    const open = document.querySelector(POPOVER)
    if (open !== this.popover) this.switched(open)
    if (this.last && !this.last.element.isConnected) this.lost()
  }

  switched(open) {
    this.popover = open
    if (!open) return
    const button = [...document.querySelectorAll(OPENER)].find(isShown)
    this.opener = button && keyOf(button)
    open.tabIndex = -1
    open.style.outline = "none" // it is what lies before its first control, and can't be operated itself
    open.focus({ preventScroll: true })
  }

  // What has the focus is gone: Streamlit may put it back at once, or something else take the focus; else we do.
  async lost() {
    const { keys, popover } = this.last
    this.last = null
    await twoFrames()
    if (document.activeElement !== document.body) return
    if (popover && this.popover?.isConnected) return this.popover.focus({ preventScroll: true }) // else it would close
    const candidates = popover ? [this.opener, ...keys] : keys
    for (const key of candidates) {
      const control = key && lastStop(key)
      if (!control) continue
      control.focus({ preventScroll: true })
      return
    }
  }

  // Tab goes round within an open popover.
  stayWithin(event) {
    if (event.key !== "Tab" || !this.popover?.isConnected) return
    const here = focused()
    if (!holds(this.popover, here)) return
    const all = stops(this.popover)
    if (!all.length) return event.preventDefault()
    const [first, last] = [all[0], all.at(-1)]
    const atStart = here === this.popover || sameStop(here, first)
    if (event.shiftKey ? !atStart : here === this.popover || !sameStop(here, last)) return
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}

// Keys of what an element stands in, innermost, and of what comes before it on the page, the nearest first.
function keysBefore(element) {
  const host = hostOf(element)
  const own = host.closest(KEYED)
  const before = [...document.querySelectorAll(KEYED)].filter(
    other => other.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING && !other.contains(host),
  )
  return [own, ...before.reverse()].filter(Boolean).map(keyOf)
}

function lastStop(key) {
  const all = keyed(key).flatMap(holder => stops(holder))
  return all.findLast(control => control.checked || control.getAttribute("aria-checked") === "true") ?? all.at(-1)
}

// The element of the page's own tree in which an element of a component's tree stands.
function hostOf(element) {
  let host = element
  while (host.getRootNode() instanceof ShadowRoot) host = host.getRootNode().host
  return host
}

function holds(container, element) {
  return Boolean(element?.isConnected) && container.contains(hostOf(element))
}

function isShown(element) {
  return element.getClientRects().length > 0
}

function twoFrames() {
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
}
