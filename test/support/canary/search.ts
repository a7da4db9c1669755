// Finds many needles in many bytes in one pass: by the first four bytes of each, looked up as they go by.

export interface Needle<Owner> {
  /** One character a byte; at least four. */
  text: string
  owner: Owner
}

/** The owners whose needles stand in the bytes. */
export function ownersIn<Owner>(bytes: Buffer, needles: Iterable<Needle<Owner>>): Set<Owner> {
  const byStart = new Map<number, { bytes: Buffer; owner: Owner }[]>()
  const maybe = new Uint8Array(1 << 16)
  for (const { text, owner } of needles) {
    const needle = Buffer.from(text, 'latin1')
    const start = needle.readUInt32BE(0)
    const others = byStart.get(start) ?? []
    byStart.set(start, [...others, { bytes: needle, owner }])
    maybe[hash(start)] = 1
  }
  const found = new Set<Owner>()
  let start = 0
  for (let at = 0; at < bytes.length; at++) {
    start = ((start << 8) | (bytes[at] ?? 0)) >>> 0
    if (at < 3 || maybe[hash(start)] === 0) continue
    for (const needle of byStart.get(start) ?? []) {
      if (found.has(needle.owner)) continue
      const from = at - 3
      if (bytes.subarray(from, from + needle.bytes.length).equals(needle.bytes)) {
        found.add(needle.owner)
      }
    }
  }
  return found
}

function hash(word: number): number {
  return (Math.imul(word, 0x9e3779b1) >>> 16) & 0xffff
}
