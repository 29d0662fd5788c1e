// In place of a component's script: fetches it when it is first called, and calls it from then on. What Streamlit sends
// with every message is this. `SCRIPT`, the script's address below the app's, is put before it.

const TRIED_AGAIN = [1, 2, 4, 8, 16].map(seconds => 1000 * seconds) // after which it failed
let coming

export default async function (component) {
  coming ??= script()
  return (await coming).default(component)
}

async function script() {
  const address = new URL(SCRIPT, document.baseURI)
  for (const wait of TRIED_AGAIN) {
    try {
      return await import(address)
    } catch {
      await new Promise(done => setTimeout(done, wait))
      address.search = `after=${wait}` // browsers may keep what came of an address
    }
  }
  return import(address)
}
