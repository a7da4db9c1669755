// What practice Planio sends to a webhook, as Redmine does from version 7 on.
import type { WebhookOutlet } from '../webhooks.ts'

const issue = { id: 1, subject: 'Water the beans', author: { id: 2, name: 'Alice' } }

export const planioWebhooks: WebhookOutlet = {
  secret: 'planio_wh_practice_0123456789abcdef',
  signatureHeader: 'X-Redmine-Signature-256',
  prefix: 'sha256=',
  workspaces: [],
  events: [
    {
      name: 'Issue created',
      event: 'issue.created',
      payload: () => ({ type: 'issue.created', timestamp: new Date().toISOString(), data: { issue } }),
    },
    {
      name: 'Issue updated',
      event: 'issue.updated',
      payload: () => ({
        type: 'issue.updated',
        timestamp: new Date().toISOString(),
        data: { issue, journal: { id: 7, notes: 'Done.', user: { id: 1, name: 'Ada' } } },
      }),
    },
  ],
}
