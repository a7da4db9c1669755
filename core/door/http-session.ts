// Who may come in over HTTP: the start-up token in the printed address, the ticket in the page that opens the browser, and
// what either is exchanged for: a cookie, which opens the page, and a proof, without which the page can ask nothing. Owns
// their values; compares them in constant time and prints none.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A ticket is for the browser that is being opened right now (ms). */
const ticketLife = 60_000

export interface HttpSession {
  /** Good as long as the host runs, so that a second tab can be opened with the printed address. */
  readonly token: string
  /** Good once, within a minute. */
  issueTicket(): string
  redeemToken(text: string): boolean
  redeemTicket(text: string): boolean
  /** The `Set-Cookie` value that lets a browser in. */
  cookie(): string
  /** Whether a `Cookie` header holds ours. */
  admits(header: string | undefined): boolean
  /**
   * Where a browser that was let in goes: the proof stands in the fragment, which no browser sends to any server. Browsers
   * send a cookie to every port of this machine, so whoever listens on another one has the cookie, but never the proof.
   */
  entrance(): string
  /** Whether a proof header holds ours. */
  proves(header: string | string[] | undefined): boolean
}

/** The request header that carries the proof. */
export const proofHeader = 'grantdesk-proof'

/** A session of the host at `port`; the cookie bears the port, because browsers share cookies between ports. */
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
    entrance: () => `/#proof=${proof}`,
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

/** Digests are of one length, so that neither content nor length shows in the time it takes. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
