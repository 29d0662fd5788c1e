// Brings a decoder's weights to the page, in a message of their own: the instrument listens.
export default function ({ data }) {
  dispatchEvent(new CustomEvent("capsnet-decoder", { detail: data }))
}
