// The renderer’s copy of the host’s state: starts with a snapshot and applies each change. Pure; holds no secret.
import type { Change, Snapshot } from '../../contract/change.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { usualSettings } from '../../contract/settings.ts'
import type { WebhookView } from '../../contract/webhook.ts'

export type DeliveryChange = Extract<Change, { kind: 'webhook_delivery' | 'webhook_deliveries_removed' }>

export interface Mirror extends Snapshot {
  /** Whether a snapshot has come. Until then the rest holds nothing true, and the shell shows nothing of it. */
  loaded: boolean
  /** Grows with whatever is added to the history. */
  historyChanges: number
  /** Grows with each snapshot: what was told before it may have been missed. */
  snapshots: number
  /** The last change to the deliveries of webhooks: the screen that asked for them applies each. */
  deliveryChange: DeliveryChange | null
}

export const emptyMirror: Mirror = {
  loaded: false,
  historyChanges: 0,
  snapshots: 0,
  deliveryChange: null,
  host: { kind: 'serve', version: '', platform: '', vaultFile: '', clipboard: false, tellsOf: [] },
  vault: { state: 'locked', reason: 'keychain_unavailable', why: '', slots: [] },
  services: [],
  clients: [],
  connections: [],
  removed: [],
  attempts: [],
  flows: [],
  practice: { state: 'stopped' },
  settings: usualSettings,
  damaged: [],
  exposed: [],
  webhooks: [],
}

/** Answers the list with `item` in the place of the one with its id, or at the end. */
function put<Item extends { id: string }>(list: Item[], item: Item): Item[] {
  const at = list.findIndex((each) => each.id === item.id)
  return at === -1 ? [...list, item] : list.with(at, item)
}

function without<Item extends { id: string }>(list: Item[], id: string): Item[] {
  return list.filter((each) => each.id !== id)
}

function putWebhook(list: WebhookView[], webhook: WebhookView): WebhookView[] {
  return [...list.filter(({ serviceId }) => serviceId !== webhook.serviceId), webhook]
}

function withCount(flow: FlowSummary, { flowId, eventCount }: Extract<Change, { kind: 'flow_events' }>): FlowSummary {
  return flow.id === flowId ? { ...flow, eventCount } : flow
}

/** What a change makes of the mirror: only the fields that differ. */
export function applyChange(mirror: Mirror, change: Change): Partial<Mirror> {
  switch (change.kind) {
    case 'snapshot':
      return {
        loaded: true,
        historyChanges: mirror.historyChanges + 1,
        snapshots: mirror.snapshots + 1,
        ...change.snapshot,
      }
    case 'services':
      return { services: change.services }
    case 'client':
      return { clients: put(mirror.clients, change.client) }
    case 'client_removed':
      return { clients: without(mirror.clients, change.id) }
    case 'connection':
      return { connections: put(mirror.connections, change.connection) }
    case 'connection_removed':
      return { connections: without(mirror.connections, change.id) }
    case 'removed':
      return { removed: change.removed }
    case 'attempt':
      return { attempts: put(mirror.attempts, change.attempt) }
    case 'attempt_removed':
      return { attempts: without(mirror.attempts, change.id) }
    case 'flow':
      return { flows: put(mirror.flows, change.flow) }
    case 'flow_events':
      return { flows: mirror.flows.map((flow) => withCount(flow, change)) }
    case 'flow_removed':
      return { flows: without(mirror.flows, change.id) }
    case 'history':
      return { historyChanges: mirror.historyChanges + 1 }
    case 'webhook':
      return { webhooks: putWebhook(mirror.webhooks, change.webhook) }
    case 'webhook_delivery':
    case 'webhook_deliveries_removed':
      return { deliveryChange: change }
    case 'practice':
      return { practice: change.practice }
    case 'settings':
      return { settings: change.settings }
  }
}
