// Work that can wait, in slices between frames, and not at all while a person is dragging.

const SLICE = 5 // milliseconds
const REST = 120 // milliseconds without input before work goes on

const chores = new Map() // owner -> name -> generator that yields after each piece of work
const nextSlice = new MessageChannel() // unlike timers, not made to wait
let touched = -Infinity
let going = false

// Has `work` done soon; what its owner wanted under this name before is dropped.
function later(owner, name, work) {
  if (!chores.has(owner)) chores.set(owner, new Map())
  chores.get(owner).set(name, work)
  if (!going) nextSlice.port2.postMessage(null)
  going = true
}

function dropChores(owner) {
  chores.delete(owner)
}

// A person is at work: everything else rests.
function touch() {
  touched = performance.now()
}

nextSlice.port1.onmessage = () => {
  const start = performance.now()
  const rest = touched + REST - start
  if (rest > 0) return void setTimeout(() => nextSlice.port2.postMessage(null), rest)
  try {
    while (chores.size && performance.now() - start < SLICE) step()
  } finally {
    going = chores.size > 0
    if (going) nextSlice.port2.postMessage(null)
  }
}

function step() {
  const [owner, works] = chores.entries().next().value
  const [name, work] = works.entries().next().value
  if (work.next().done && works.get(name) === work) works.delete(name)
  if (!works.size) chores.delete(owner)
}
