// Brings a decoder's weights to the page, once, in a message of their own: whoever asked for them listens.
export default function ({ data }) {
  dispatchEvent(new CustomEvent("capsnet-decoder", { detail: data }))
}
