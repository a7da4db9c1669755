// The network under a test's eye: a fetch that counts what was asked, remembers every secret that went by, in either
// direction, and can lose an answer on its way back.

export interface Sent {
  method: string
  path: string
  grantType: string | null
  status: number
}

export interface Wire {
  fetch: typeof globalThis.fetch
  sent: Sent[]
  /** The refreshes that were sent. */
  refreshes(): Sent[]
  /** The next request is delivered; its answer never arrives. */
  loseNextAnswer(): void
  hide(secret: string): void
  /** `state` stands rightly in the address that the browser opens; in a flow it does not. */
  hideState(state: string): void
  readonly states: ReadonlySet<string>
  /** A line for each secret, in any of its spellings, that stands in the text. */
  found(place: string, text: string, also?: ReadonlySet<string>): string[]
}

const secretParameters = ['code', 'code_verifier', 'client_secret', 'refresh_token', 'token', 'password', 'device_code']

export function openWire(): Wire {
  const sent: Sent[] = []
  const secrets = new Set<string>()
  const states = new Set<string>()
  let losing = false

  function hide(secret: string): void {
    if (secret) secrets.add(secret)
  }

  function learn(text: string): void {
    try {
      const { access_token, refresh_token, id_token } = JSON.parse(text)
      for (const token of [access_token, refresh_token, id_token]) if (typeof token === 'string') hide(token)
    } catch {
      // A page or nothing: no tokens in it.
    }
  }

  return {
    sent,
    states,
    hide,
    hideState: (state) => void states.add(state),
    refreshes: () => sent.filter(({ grantType }) => grantType === 'refresh_token'),
    loseNextAnswer() {
      losing = true
    },
    async fetch(input, init) {
      const request = new Request(input, init)
      const form = new URLSearchParams(request.body ? await request.clone().text() : '')
      for (const name of secretParameters) hide(form.get(name) ?? '')
      const credentials = /^Basic (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
      hide(credentials ?? '')
      const lost = losing
      losing = false
      const response = await fetch(request)
      const { pathname } = new URL(request.url)
      const { method } = request
      sent.push({ method, path: pathname, grantType: form.get('grant_type'), status: response.status })
      learn(await response.clone().text())
      if (lost) throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
      return response
    },
    found(place, text, also = new Set()) {
      const leaked = [...secrets, ...also].filter((secret) => spellings(secret).some((one) => text.includes(one)))
      return leaked.map((secret) => `${place} holds a secret that begins with ${secret.slice(0, 4)}`)
    },
  }
}

function spellings(secret: string): string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1)
  return [secret, encodeURIComponent(secret), form, Buffer.from(secret).toString('base64').replace(/=+$/, '')]
}
