let widenedBits // every float16 number, by its bits

// float16 numbers, as the bits of each, widened to float32 without loss.
export function widened(halves) {
  widenedBits ??= Float32Array.from({ length: 65536 }, (_, bits) => numberOf(bits))
  const numbers = new Float32Array(halves.length)
  for (let k = 0; k < halves.length; k++) numbers[k] = widenedBits[halves[k]]
  return numbers
}

function numberOf(bits) {
  const exponent = (bits >> 10) & 31,
    fraction = (bits & 1023) / 1024
  const size = exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14
  return bits >> 15 ? -size : size
}
