const newest = new WeakMap() // owner -> the address that it asked for last

// The picture at an address, decoded; null where its owner has asked for another one meanwhile.
export async function newestPicture(owner, address) {
  newest.set(owner, address)
  const picture = new Image()
  picture.src = address
  await picture.decode()
  return newest.get(owner) === address ? picture : null
}
