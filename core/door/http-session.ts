// Authenticates browsers: by the start-up token in the printed URL or a ticket in the page that opens the browser. Either is
// exchanged for a cookie, which opens the page, and a proof, which its calls need. Compares them in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a ticket is valid, for the browser that is being opened (ms). */
const ticketLife = 60_000

export interface HttpSession {
  /** Valid as long as the host runs, so that a second tab can be opened with the printed URL. */
  readonly token: string
  /** Valid once, for a minute. */
  issueTicket(): string
  redeemToken(text: string): boolean
  redeemTicket(text: string): boolean
  /** The `Set-Cookie` value that lets a browser in. */
  cookie(): string
  /** Whether a `Cookie` header contains our cookie. */
  admits(header: string | undefined): boolean
  /**
   * The path for a browser that was let in. The proof is in the fragment, which browsers never send. They do send the cookie to
   * every port of this machine, so a server on another port gets the cookie, but not the proof.
   */
  startPath(): string
  /** Whether a proof header contains our proof. */
  proves(header: string | string[] | undefined): boolean
}

/** The request header that carries the proof. */
export const proofHeader = 'grantdesk-proof'

/** The session of the host at `port`, which is in the cookie's name, because browsers share cookies between ports. */
export function openHttpSession(port: number, now: () => number = Date.now): HttpSession {
  const token = randomText()
  const cookieName = `grantdesk-${port}`
  const cookieValue = randomText()
  const proof = randomText()
  let ticket: { text: string; endsAt: number } | null = null

  return {
    token,
    issueTicket() {
      ticket = { text: randomText(), endsAt: now() + ticketLife }
      return ticket.text
    },
    redeemToken: (text) => same(text, token),
    redeemTicket(text) {
      const held = ticket
      if (held === null || !same(text, held.text)) return false
      ticket = null
      return now() < held.endsAt
    },
    cookie: () => `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
    admits(header = '') {
      return header.split(';').some((pair) => {
        const [name, value = ''] = splitOnce(pair.trim(), '=')
        return name === cookieName && same(value, cookieValue)
      })
    },
    startPath: () => `/#proof=${proof}`,
    proves: (header) => typeof header === 'string' && same(header, proof),
  }
}

function randomText(): string {
  return randomBytes(32).toString('base64url')
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}

/** Compares digests, so that the time depends neither on content nor on length. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
