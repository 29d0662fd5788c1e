import { fill } from "../shared/dom.js"
import { placeOf } from "./lineage.js"

// What screen readers say of each stage and of all that can be pointed at.
export function saidOf(view) {
  const { shown, config, classes, words, winner, focus } = view
  const J = classes.length
  const i = view.pointed ?? view.followed
  const pull = shown.pulls[i * J + focus]
  const values = {
    name: classes[winner],
    length: shown.lengths[winner],
    maps: config.feature_channels,
    capsules: config.primary_capsules,
    iterations: view.iterations,
    classes: J,
    size: config.image_size,
  }
  const place = { ...placeOf(i, config), name: classes[focus], pull }
  return {
    stages: Array.from({ length: 6 }, (_, stage) => `${stage + 1} ${words[`title_${stage}`]}: ${fill(words[`aria_${stage}`], values)}`),
    rows: classes.map((name, j) => fill(words.row, { name, length: shown.lengths[j], sum: shown.sums[j] })),
    pointed: fill(pull < 0 ? words.pulls_back : words.pulls_forward, { ...place, pull: Math.abs(pull) }),
  }
}
