// Numbers as `explorer.components.numbers` packs them: 32-bit floats, in base64.
export function numbersOf(text) {
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0))
  return new Float32Array(bytes.buffer) // little-endian, as all browsers' machines are
}
