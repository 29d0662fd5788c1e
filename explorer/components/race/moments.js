// The four lines of the algorithm, in each iteration.
export const PHASES = ["c", "s", "v", "b"]
const SPLIT = 0
const SUM = 1
const SQUASH = 2
const AGREE = 3

// What is shown at a position of the player. Whole numbers are moments, true states: phase `position % 4` of iteration
// `position / 4` (from 0) has just been done. Between two of them that phase is under way.
export function stateAt(position) {
  const moment = Math.max(0, Math.ceil(position))
  const r = Math.floor(moment / 4)
  const phase = moment % 4
  const done = position === moment
  const share = done ? 1 : eased(position - (moment - 1))
  const reached = (line, otherwise) => (phase < line ? 0 : phase === line ? otherwise : 1)
  return {
    moment,
    r,
    phase,
    done,
    split: reached(SPLIT, share), // from the couplings of the iteration before to these
    summed: reached(SUM, share), // the same of sums
    squashed: reached(SQUASH, share),
    agreed: reached(AGREE, share),
    // The iteration whose numbers of a phase are known; -1 before the first.
    known: line => (line < phase || (line === phase && done) ? r : r - 1),
  }
}

const eased = share => share * share * (3 - 2 * share)

// The last state that is worth seeing: after it, agreements are not used any more.
export const lastMoment = R => 4 * R - 2

// What is under way from one number to another.
export const mix = (from, to, share) => from + (to - from) * share
