// The one origin that the window shows. Everything that asks "is this our page?" asks here.

export const scheme = 'app'
export const host = 'grantdesk'
export const origin = `${scheme}://${host}`
export const startAddress = `${origin}/`

/** Whether an address lies in our origin; `app://grantdesk.example` does not. */
export function isOurAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === host && url.username === ''
}
