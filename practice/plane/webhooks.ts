// What practice Plane sends to a webhook.
import { randomUUID } from 'node:crypto'
import type { WebhookEvent, WebhookOutlet } from '../webhooks.ts'
import { ALICE, type Workspace } from './workspaces.ts'

const WEBHOOK_ID = 'e0b7c3aa-0001-4b1e-9f6a-77aa88bb9901'

interface Change {
  field: string
  old_value: string | null
  new_value: string
}

export function planeWebhooks(workspaces: Workspace[]): WebhookOutlet {
  const dataOf = (workspaceId: string | null) => {
    const project = workspaces.find(({ id }) => id === workspaceId)?.projects[0]
    return { id: randomUUID(), project: project?.id, name: project?.workItems[0]?.name ?? 'A work item' }
  }
  const event = (name: string, what: string, action: string, change: Change | null = null): WebhookEvent => ({
    name,
    event: what,
    payload: (workspaceId) => ({
      event: what,
      action,
      webhook_id: WEBHOOK_ID,
      workspace_id: workspaceId,
      data: dataOf(workspaceId),
      activity: { actor: { id: ALICE.id, display_name: ALICE.display_name, email: ALICE.email }, ...change },
    }),
  })
  return {
    secret: 'plane_wh_practice_0123456789abcdef',
    signatureHeader: 'X-Plane-Signature',
    prefix: '',
    deliveryHeader: 'X-Plane-Delivery',
    eventHeader: 'X-Plane-Event',
    workspaces: workspaces.map(({ id, name }) => ({ id, name })),
    events: [
      event('Work item created', 'issue', 'created'),
      event('Work item updated', 'issue', 'updated', { field: 'priority', old_value: 'none', new_value: 'high' }),
      event('Comment created', 'issue_comment', 'created'),
      event('Project deleted', 'project', 'deleted'),
    ],
  }
}
