// The only origin that the window shows, and the one check for "is this our page?".

export const scheme = 'app'
export const host = 'grantdesk'
export const origin = `${scheme}://${host}`
export const startAddress = `${origin}/`

/** Whether an address is in our origin; `app://grantdesk.example` is not. */
export function isOurAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === host && url.username === ''
}
