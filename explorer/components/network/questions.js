// What a `Reader` says to a question: see shared/ask_network.js.
export function answerTo(reader, { image, images, decode, iterations, silenced }) {
  if (image) return reader.read(image, { iterations, silenced, details: ["trace", "features"] })
  if (images) return images.map(each => reader.read(each, { iterations }))
  if (decode) return reader.decoder && decode.poses.map(pose => reader.decoder.decode(decode.capsule, pose).slice())
  return { ready: true }
}
