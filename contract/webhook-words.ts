// What is said of a webhook's deliveries, in the window and on the command line.
import type { Delivery, RefusedDelivery, SignatureVerdict } from './webhook.ts'

/** A few words for a list. */
export const verdictWords: Record<SignatureVerdict, string> = {
  fits: 'signature fits',
  wrong: 'wrong signature',
  missing: 'not signed',
  malformed: 'unreadable signature',
  other_workspace: 'other workspace’s secret',
  no_secret: 'not checked',
}

/** What it means, and what to look at; `header` is the one that has the signature. */
export function verdictSentence(
  { verdict, secretName }: Pick<Delivery, 'verdict' | 'secretName'>,
  header: string,
): string {
  const named = secretName === null ? 'a stored secret' : `the secret “${secretName}”`
  switch (verdict) {
    case 'fits':
      return `The signature fits ${named}.`
    case 'wrong':
      return 'The signature fits none of the stored secrets. The secret is that of another webhook, the body was changed on its way, or somebody else sent it.'
    case 'missing':
      return `There is no ${header} header. The service did not send this, a proxy dropped the header, or the webhook has no secret.`
    case 'malformed':
      return `The value of ${header} is no signature of the kind that the service’s description names.`
    case 'other_workspace':
      return `The signature fits ${named}, which is stored for another workspace than the one in the body.`
    case 'no_secret':
      return 'No secret of this webhook is stored, so the signature was not checked.'
  }
}

/** Why requests were not kept, after a number: “3 to another path (404)”. */
export const refusedWords: Record<RefusedDelivery, string> = {
  path: 'to another path (404)',
  method: 'with another method than POST (405)',
  browser: 'from a page in a browser (403)',
  body_too_large: 'with a body larger than 2 MB (413)',
  headers_too_large: 'with headers larger than 32 kB (431)',
  too_slow: 'that took longer than a minute to arrive (408)',
  cut_off: 'that ended halfway',
  malformed: 'that were no HTTP (400)',
  busy: 'while too much arrived at once (503)',
  vault_locked: 'while the vault was locked (503)',
  unwritten: 'that could not be written to disk (503)',
}

/** How a repeated delivery is marked. */
export function repeatWords({ by }: NonNullable<Delivery['repeats']>): string {
  return by === 'delivery_id' ? 'sent again: same delivery id' : 'same body as an earlier one'
}

/** `issue · created`, or what there is of it. */
export function eventWords({ event, action }: Pick<Delivery, 'event' | 'action'>): string {
  return [event, action].filter((one) => one !== null).join(' · ') || 'delivery'
}

/** How to make the listener reachable. */
export function tunnelWords(service: string, port: number): string {
  return `Only this machine reaches it. For ${service} to reach it, run a tunnel of your own to port ${port} (cloudflared, ngrok and ssh -R make one), and register the tunnel’s address with the same path. While the vault is locked, ${service} is told to send again later.`
}
