// What practice Plannr sends to a webhook. The members of its body are documented nowhere; only the signature is.
import type { WebhookOutlet } from '../webhooks.ts'

export const plannrWebhooks: WebhookOutlet = {
  secret: 'plannr_wh_practice_0123456789abcdef',
  signatureHeader: 'X-Signature',
  prefix: '',
  workspaces: [],
  events: [
    {
      name: 'Client updated',
      event: 'account.updated',
      payload: () => ({ data: { uuid: '5b0d6f1e-bbbb-4e0c-9d11-000000000002', name: 'Practice Household' } }),
    },
  ],
}
