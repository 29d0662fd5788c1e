const MOST = 5 // digits

// Numbers as they are printed, so that who reckons with what is printed finds what is printed.

// { vote, pose, angle, agreement }: |u_hat|, |v|, the angle between them in degrees, and their product with its cosine;
// each rounded, with as few digits as it takes for the product of the first three to round to the fourth. The angle is
// null where there is none; then the product is 0.
export function printedProduct(voteLength, poseLength, angle) {
  const cosine = angle === null ? 0 : cosineOf(angle)
  const agreement = (voteLength * poseLength * cosine).toFixed(2)
  const texts = ([v, p, a]) => [voteLength.toFixed(v), poseLength.toFixed(p), angle === null ? null : angle.toFixed(a)]
  const agrees = ([vote, pose, degrees]) =>
    degrees === null || Number((vote * pose * cosineOf(degrees)).toFixed(2)) === Number(agreement)
  const [vote, pose, degrees] = DIGITS.map(texts).find(agrees) ?? texts(DIGITS.at(-1))
  return { vote, pose, angle: degrees, agreement: Number(agreement) }
}

const cosineOf = degrees => Math.cos((degrees * Math.PI) / 180)

// How many digits a vote's length, a pose's and the angle may have, those with fewest in all first.
const DIGITS = Array.from({ length: (MOST - 1) ** 3 }, (_, n) => [
  2 + (n % (MOST - 1)),
  2 + (Math.floor(n / (MOST - 1)) % (MOST - 1)),
  Math.floor(n / (MOST - 1) ** 2),
]).sort((one, other) => sumOf(one) - sumOf(other))

function sumOf(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0)
}

// Shares that sum to 1, rounded up or down to `digits` so that they do so as printed.
export function printedShares(shares, digits) {
  const whole = 10 ** digits
  const floors = shares.map(share => Math.floor(share * whole))
  const rests = shares.map((share, j) => [share * whole - floors[j], j]).sort(([one], [other]) => other - one)
  const missing = Math.max(0, whole - sumOf(floors))
  for (const [, j] of rests.slice(0, missing)) floors[j]++
  return floors.map(floor => (floor / whole).toFixed(digits))
}
