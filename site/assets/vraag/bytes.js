// Reads a compressed file of the site, whatever the host does with it.
export async function unpacked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`Het bestand ${new URL(address).pathname} is er niet.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // the host has unpacked it already
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function json(address) {
  return JSON.parse(new TextDecoder().decode(await unpacked(address)));
}
