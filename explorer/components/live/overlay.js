// An element over what Streamlit shows in a container of a key, while it is wanted; what is below stays as it is, and is
// not seen. Streamlit makes its elements anew at will: ours is put where it belongs whenever it is shown.
export class Overlay {
  constructor(key, element) {
    this.key = key
    this.element = element
    element.classList.add("live-overlay")
    element.setAttribute("aria-hidden", true) // the server's words are read out, once the pen is up
  }

  show(wanted) {
    const holder = document.querySelector(`.st-key-${this.key}`)
    if (!wanted || !holder) return this.end()
    if (this.element.parentNode !== holder) holder.prepend(this.element)
  }

  end() {
    this.element.remove()
  }
}
