// Whether to believe a reading: the rules of explorer/measures/answer.py.

// The longest capsule and the second; of two that are equally long, the later comes first.
export function twoLongest(lengths) {
  let winner = -1,
    rival = -1
  for (let j = 0; j < lengths.length; j++)
    if (winner < 0 || lengths[j] >= lengths[winner]) [rival, winner] = [winner, j]
    else if (rival < 0 || lengths[j] >= lengths[rival]) rival = j
  return { winner, rival }
}

// How far what a capsule draws is from the picture, as a share of the squared ink: 0 is the picture itself.
export function misfitOf(image, reconstruction) {
  let missed = 0,
    ink = 0
  for (let p = 0; p < image.length; p++) {
    missed += (reconstruction[p] - image[p]) ** 2
    ink += image[p] ** 2
  }
  return missed / Math.max(ink, 1)
}

// What lengths [J] say: { winner, rival, doubt }, the first two as indices, the doubt one of "none", "short", "close",
// "far" and "untrained". With other iterations than in training the thresholds do not hold: then all is doubted.
//
// misfit: of the winner, see `misfitOf`; null where nothing is drawn: then none is "far".
// thresholds: { length, lead, misfit }, see capsnet.card.DoubtThresholds.
export function verdict(lengths, misfit, thresholds, iterations, trainedIterations) {
  const { winner, rival } = twoLongest(lengths)
  const { fround } = Math // in float32, as in Python, a lead at its threshold falls to the same side
  const signs = {
    short: lengths[winner] < fround(thresholds.length),
    close: fround(lengths[winner] - lengths[rival]) < fround(thresholds.lead),
    far: misfit !== null && misfit > thresholds.misfit,
  }
  if (iterations !== trainedIterations) return { winner, rival, doubt: signs.close ? "close" : "untrained" }
  return { winner, rival, doubt: Object.keys(signs).find(name => signs[name]) ?? "none" }
}
