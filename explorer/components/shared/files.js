// Files that are named by what they hold, so that a browser which has one never asks for it again: fetched once for a
// page, kept in IndexedDB. (Not in `caches`: phones in a classroom come by plain HTTP, where there are none.)

const DATABASE = "capsnet"
const STORE = "files"
const MOST_KEPT = 6 // two networks, of three files each
const WAITS = [1, 2, 4, 8, 16, 30, 30].map(seconds => 1000 * seconds) // before it is tried again
const SILENCE = 20_000 // milliseconds in which nothing comes, after which a line is given up: it may never say that it broke

// All scripts of a page share what is on its way: each is a module of its own.
const coming = (window.capsnetFiles ??= new Map()) // address -> { file: promise of its bytes, share, listeners }

// The bytes of a file, an ArrayBuffer. `progress` is called with the share that has come, 0..1. A file that is not there
// yet, or a line that breaks, is tried again for a while.
export function fileAt(address, progress = () => {}) {
  let one = coming.get(address)
  if (!one) {
    one = { share: 0, listeners: [] }
    const report = share => {
      one.share = share
      for (const listener of one.listeners) listener(share)
    }
    one.file = keptOrFetched(address, report).catch(error => {
      coming.delete(address) // whoever asks again may have more luck
      throw error
    })
    coming.set(address, one)
  }
  one.listeners.push(progress)
  progress(one.share)
  return one.file
}

async function keptOrFetched(address, report) {
  const name = address.split("/").at(-1)
  const kept = await attempt(() => inStore("readonly", store => store.get(name)))
  if (kept) return kept.bytes
  const bytes = await fetchedAtLast(address, report)
  await attempt(() => keep(name, bytes))
  return bytes
}

async function fetchedAtLast(address, report) {
  for (const wait of WAITS) {
    const bytes = await attempt(() => fetched(address, report))
    if (bytes) return bytes
    await new Promise(done => setTimeout(done, wait))
  }
  return fetched(address, report)
}

async function fetched(address, report) {
  const line = new AbortController()
  let came = true
  const watch = setInterval(() => (came ? (came = false) : line.abort()), SILENCE)
  try {
    return await received(await fetch(address, { signal: line.signal }), share => {
      came = true
      report(share)
    })
  } finally {
    clearInterval(watch)
  }
}

async function received(response, report) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
  const length = Number(response.headers.get("content-length"))
  const parts = []
  let size = 0
  for (const body = response.body.getReader(); ; ) {
    const { done, value } = await body.read()
    if (done) break
    parts.push(value)
    size += value.length
    report(length ? Math.min(1, size / length) : 0)
  }
  return new Blob(parts).arrayBuffer()
}

// Keeps a file in place of those that were kept longest ago.
async function keep(name, bytes) {
  const before = await inStore("readonly", store => store.getAll())
  const since = Math.max(Date.now(), ...before.map(one => one.since + 1)) // the clock may have been set back
  await inStore("readwrite", store => store.put({ name, bytes, since }))
  const all = await inStore("readonly", store => store.getAll())
  const old = all.sort((a, b) => b.since - a.since).slice(MOST_KEPT)
  for (const { name } of old) await inStore("readwrite", store => store.delete(name))
}

async function inStore(mode, act) {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "name" })
  const database = await settled(opening)
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

const settled = request =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = request.onblocked = () => failed(request.error)
  })

// What comes of it; undefined where it fails: private windows have no store, lines break.
async function attempt(act) {
  try {
    return await act()
  } catch {}
}
