// What was packed by gzip, as an ArrayBuffer.
export function gunzipped(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer()
}
