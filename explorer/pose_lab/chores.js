// Work that can wait, in slices between frames, and not at all while a person is dragging.

const SLICE = 5 // milliseconds
const REST = 120 // milliseconds without input before work goes on

const chores = new Map() // name -> generator that yields after each piece of work
const nextSlice = new MessageChannel() // unlike timers, not made to wait
let touched = -Infinity
let going = false

// Has `work` done soon; what was asked for under this name before is dropped.
function later(name, work) {
  chores.set(name, work)
  if (!going) nextSlice.port2.postMessage(null)
  going = true
}

function drop(name) {
  chores.delete(name)
}

// A person is at work: everything else rests.
function touch() {
  touched = performance.now()
}

nextSlice.port1.onmessage = () => {
  const start = performance.now()
  const rest = touched + REST - start
  if (rest > 0) return void setTimeout(() => nextSlice.port2.postMessage(null), rest)
  while (chores.size && performance.now() - start < SLICE) {
    const [name, work] = chores.entries().next().value
    if (work.next().done && chores.get(name) === work) chores.delete(name)
  }
  going = chores.size > 0
  if (going) nextSlice.port2.postMessage(null)
}
