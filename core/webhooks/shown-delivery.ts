// A delivery as it is shown: the secrets of its webhook and the credentials in its headers are replaced by pseudonyms. What is
// sent again is never this.
import type { DeliveryDetail } from '../../contract/webhook.ts'
import { isBinary, textDecoder } from '../flows/bounded-body.ts'
import { Redactor } from '../flows/redactor.ts'
import { isSecretHeader } from '../flows/secret-names.ts'
import type { Secret } from '../secret.ts'
import { headerValue, type ReceivedDelivery } from './received.ts'

/** The label of pseudonyms for a webhook's secret. */
export const webhookSecretLabel = 'webhook_secret'

/** Replaces these secrets. */
export function hidingSecrets(secrets: readonly Secret[], pseudonym: (secret: string) => string): Redactor {
  const redactor = new Redactor(pseudonym)
  for (const secret of secrets) redactor.hide(secret.reveal(), webhookSecretLabel)
  return redactor
}

export function shownDelivery(
  { headers, body }: ReceivedDelivery,
  redactor: Redactor,
): Pick<DeliveryDetail, 'headers' | 'body' | 'isBinary'> {
  const binary = isBinary(body, headerValue(headers, 'content-type'))
  return {
    headers: headers.map(([name, value]) => ({
      name,
      value: isSecretHeader(name) ? redactor.inPlace(value, name) : redactor.known(value),
    })),
    body: binary ? '' : redactor.known(textDecoder(null).decode(body)),
    isBinary: binary,
  }
}
