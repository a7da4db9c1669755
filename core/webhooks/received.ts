// A delivery as it came: its headers in their order and spelling, and the bytes of its body.

/** Pairs of name and value. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface ReceivedDelivery {
  headers: HeaderList
  body: Buffer
}

/** The value of a header; of one that came several times all of them, so that none is mistaken for the only one. */
export function headerValue(headers: HeaderList, name: string | undefined): string | null {
  if (name === undefined) return null
  const values = headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ').trim() || null
}
