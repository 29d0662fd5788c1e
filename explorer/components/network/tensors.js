import { widened } from "./float16.js"

// The numbers of a safetensors file (https://huggingface.co/docs/safetensors), as float32.
//
// What packing.py splits comes as three tensors: NAME.low and NAME.high (I8), of whole numbers high * 256 + low, and
// NAME.scale (F32). With n scales, each of n equal runs of numbers has one, as the rows of the first axis do there.
// NAME is whole number times scale. What it lacks comes in another file, NAME.fine (U8) and a finer NAME.scale.

const READ = {
  F32: bytes => new Float32Array(bytes),
  F16: bytes => widened(new Uint16Array(bytes)),
  U8: bytes => new Uint8Array(bytes),
  I8: bytes => new Int8Array(bytes),
}
const BYTES = { F32: 4, F16: 2, U8: 1, I8: 1 }

// An ArrayBuffer to { metadata, tensors: name -> Float32Array }.
export function tensorsOf(buffer) {
  const { metadata, parts } = partsOf(buffer)
  const tensors = {}
  for (const [name, numbers] of Object.entries(parts)) {
    const [, split] = name.match(/^(.*)\.(?:low|high|scale)$/) ?? []
    if (numbers instanceof Float32Array && !(`${split}.low` in parts)) tensors[name] = numbers
    else tensors[split] ??= putTogether(split, parts)
  }
  return { metadata, tensors }
}

// Adds to tensors, in place, what the ArrayBuffer of another file says that they lack.
export function refine(tensors, buffer) {
  const { parts } = partsOf(buffer)
  for (const [name, fine] of Object.entries(parts)) {
    const [, split] = name.match(/^(.*)\.fine$/) ?? []
    if (split) addFine(split, tensorNamed(tensors, split), fine, parts[`${split}.scale`])
  }
}

// Two numbers 0..15 in each byte, the lower bits first: 8 less, times scale, is what is lacking.
function addFine(name, numbers, fine, scale) {
  const row = numbers.length / scale?.length
  if (!(fine instanceof Uint8Array && scale instanceof Float32Array && fine.length === (numbers.length + 1) >> 1))
    throw new Error(`a refinement of ${numbers.length} numbers takes as many half bytes, and scales; see ${name}`)
  if (!Number.isInteger(row)) throw new Error(`${name} must have rows of one scale each`)
  for (let k = 0, r = 0; r < scale.length; r++)
    for (const end = k + row; k < end; k++) numbers[k] += (((fine[k >> 1] >> (4 * (k & 1))) & 15) - 8) * scale[r]
}

// One of the tensors.
export function tensorNamed(tensors, name) {
  if (!Object.hasOwn(tensors, name)) throw new Error(`the weights lack ${name}; got ${Object.keys(tensors).join(", ")}`)
  return tensors[name]
}

function partsOf(buffer) {
  const { header, start } = headerOf(buffer)
  const { __metadata__: metadata = {}, ...entries } = header
  const named = Object.entries(entries).map(([name, entry]) => [name, numbersOf(buffer, start, name, entry)])
  return { metadata, parts: Object.fromEntries(named) }
}

function headerOf(buffer) {
  const refuse = what => new Error(`expected a safetensors file; ${what}`)
  if (buffer.byteLength < 8) throw refuse(`got ${buffer.byteLength} bytes`)
  const length = Number(new DataView(buffer).getBigUint64(0, true))
  if (8 + length > buffer.byteLength)
    throw refuse(`its header of ${length} bytes ends after the file of ${buffer.byteLength}`)
  let header
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(buffer, 8, length)))
  } catch {
    throw refuse("its header is no JSON")
  }
  if (header?.constructor !== Object) throw refuse("its header has no names")
  return { header, start: 8 + length }
}

function numbersOf(buffer, start, name, entry) {
  const { dtype, shape, data_offsets: offsets } = entry ?? {}
  if (!Object.hasOwn(READ, dtype))
    throw new Error(`${name} must be one of ${Object.keys(READ).join(", ")}; got ${dtype}`)
  if (!Array.isArray(shape) || !Array.isArray(offsets)) throw new Error(`${name} has no shape or no place in the file`)
  const [from, to] = offsets
  const count = shape.reduce((product, size) => product * size, 1)
  if (!(from >= 0 && to - from === count * BYTES[dtype]))
    throw new Error(`${name} of shape ${shape} must have ${count * BYTES[dtype]} bytes; got ${from} to ${to}`)
  if (start + to > buffer.byteLength) throw new Error(`${name} ends at byte ${start + to} of ${buffer.byteLength}`)
  return READ[dtype](buffer.slice(start + from, start + to))
}

function putTogether(name, parts) {
  const [low, high, scale] = ["low", "high", "scale"].map(part => parts[`${name}.${part}`])
  const row = low?.length / scale?.length
  if (!(low instanceof Int8Array && high instanceof Int8Array && scale instanceof Float32Array))
    throw new Error(`whole numbers come as NAME.low, NAME.high and NAME.scale; got ${Object.keys(parts).join(", ")}`)
  if (high.length !== low.length || !Number.isInteger(row))
    throw new Error(`${name} must have as many low as high bytes, in rows of one scale each`)
  const numbers = new Float32Array(low.length)
  for (let k = 0, r = 0; r < scale.length; r++)
    for (const end = k + row; k < end; k++) numbers[k] = (high[k] * 256 + low[k]) * scale[r]
  return numbers
}
