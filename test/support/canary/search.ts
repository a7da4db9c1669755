// Finds many needles in many bytes in one pass: by the first four bytes of each, looked up as they go by.

export interface Needle<Owner> {
  /** One character a byte; at least four. */
  text: string
  owner: Owner
}

/** Needles by their first four bytes. */
type Index<Owner> = Map<number, { bytes: Buffer; owner: Owner }[]>

/** Answers a search for the owners whose needles stand in some bytes; what it looks up is made once, for all that it searches. */
export function searchFor<Owner>(needles: Iterable<Needle<Owner>>): (bytes: Buffer) => Set<Owner> {
  const byStart: Index<Owner> = new Map()
  const maybe = new Uint8Array(1 << 16)
  for (const { text, owner } of needles) {
    const needle = Buffer.from(text, 'latin1')
    const start = needle.readUInt32BE(0)
    const others = byStart.get(start) ?? []
    byStart.set(start, [...others, { bytes: needle, owner }])
    maybe[hash(start)] = 1
  }
  return (bytes) => ownersIn(bytes, byStart, maybe)
}

function ownersIn<Owner>(bytes: Buffer, byStart: Index<Owner>, maybe: Uint8Array): Set<Owner> {
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
