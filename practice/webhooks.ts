// Sends deliveries to a webhook on this machine, signed as the service signs them, or wrong in a way that a receiver has to notice.
import { createHmac, randomUUID } from 'node:crypto'

export interface WebhookEvent {
  name: string
  /** The body, as JSON. */
  payload(workspaceId: string | null): unknown
  /** The value of the header with the event. */
  event: string
}

/** How a service sends what it sends to webhooks. */
export interface WebhookOutlet {
  secret: string
  signatureHeader: string
  /** Stands before the signature. */
  prefix: string
  deliveryHeader?: string
  eventHeader?: string
  events: WebhookEvent[]
  workspaces: { id: string; name: string }[]
}

/** How a delivery is sent, in words for the person. */
export const WAYS = {
  signed: 'Signed as it should be',
  'other-secret': 'Signed with another secret',
  changed: 'Changed after it was signed',
  unsigned: 'Without a signature',
  unreadable: 'With a signature that is none',
  again: 'The last one again',
  replayed: 'The last one again, under another delivery id',
  large: 'Larger than 2 MB',
} as const
export type Way = keyof typeof WAYS

export interface Order {
  url: string
  event: WebhookEvent
  workspaceId: string | null
  way: Way
}

interface Sent {
  body: string
  headers: Record<string, string>
}

export interface WebhookSender {
  /** Answers the receiver's status. Rejects if the address is not on this machine, or nobody answers. */
  send(order: Order): Promise<number>
}

const PATIENCE = 10_000
const LARGE = 'x'.repeat(2 * 1024 * 1024)

/** Whether an address is on this machine: practice services reach nothing else. */
export function isHere(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url)
    return protocol === 'http:' && /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)
  } catch {
    return false
  }
}

export function createWebhookSender(outlet: WebhookOutlet): WebhookSender {
  let last: Sent | null = null

  function headersOf(body: string, event: string, secret: string): Record<string, string> {
    const { signatureHeader, prefix, deliveryHeader, eventHeader } = outlet
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    return {
      'Content-Type': 'application/json',
      ...(deliveryHeader ? { [deliveryHeader]: randomUUID() } : {}),
      ...(eventHeader ? { [eventHeader]: event } : {}),
      [signatureHeader]: prefix + signature,
    }
  }

  function compose({ event: { event, payload }, workspaceId, way }: Order): Sent {
    const { secret, signatureHeader, deliveryHeader } = outlet
    const fresh = JSON.stringify(payload(workspaceId))
    if (last && way === 'again') return last
    if (last && way === 'replayed') {
      return { ...last, headers: { ...last.headers, ...(deliveryHeader ? { [deliveryHeader]: randomUUID() } : {}) } }
    }
    const body = way === 'large' ? JSON.stringify({ padding: LARGE }) : fresh
    const headers = headersOf(body, event, way === 'other-secret' ? `${secret}-of-another-webhook` : secret)
    if (way === 'changed') return { headers, body: body.replace(/}$/, ',"changed":true}') }
    if (way === 'unreadable') return { body, headers: { ...headers, [signatureHeader]: 'not-a-signature' } }
    if (way !== 'unsigned') return { body, headers }
    const { [signatureHeader]: _, ...unsigned } = headers
    return { body, headers: unsigned }
  }

  return {
    async send(order) {
      if (!isHere(order.url)) throw new Error('Practice services send to this machine alone')
      const sent = compose(order)
      if (order.way === 'signed') last = sent
      const signal = AbortSignal.timeout(PATIENCE)
      const answer = await fetch(order.url, { method: 'POST', redirect: 'manual', signal, ...sent })
      await answer.arrayBuffer()
      return answer.status
    },
  }
}
