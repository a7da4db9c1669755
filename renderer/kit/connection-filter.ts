// Which connections a filter lets through. Pure.
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionState } from '../../contract/connection-state.ts'
import type { DamagedRecord } from '../../contract/damage.ts'

export type StateFilter = 'needs_attention' | 'expiring' | 'stale'

export interface ListFilter {
  text: string
  state: StateFilter | null
  serviceId: string | null
  tag: string | null
}

export const noFilter: ListFilter = { text: '', state: null, serviceId: null, tag: null }

/** Unused for this long (ms), a connection counts as stale. */
export const staleAfter = 30 * 24 * 60 * 60_000

/** Whether a connection waits for the person: refused, damaged, or ended with no way to renew it. */
export function needsAttention(connection: ConnectionView, now: number): boolean {
  const state = connectionState(connection, now)
  return state === 'needs_attention' || state === 'damaged' || state === 'expired'
}

function isStale(connection: ConnectionView, now: number): boolean {
  if (connection.status.kind === 'revoked') return false
  return now - (connection.lastUsedAt ?? connection.createdAt) > staleAfter
}

/** Whether a connection falls under a filter by state at `now` (ms). */
export function hasState(connection: ConnectionView, state: StateFilter, now: number): boolean {
  switch (state) {
    case 'needs_attention':
      return needsAttention(connection, now)
    case 'expiring':
      return connectionState(connection, now) === 'expiring'
    case 'stale':
      return isStale(connection, now)
  }
}

/** Whether every word of `text` occurs in what a connection says of itself. */
export function matchesText(connection: ConnectionView, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { name, serviceName, account, workspace, actsAs, tags, baseUrl, clientName } = connection
  const own = [
    name,
    serviceName,
    account?.name,
    account?.email,
    workspace?.name,
    workspace?.slug,
    actsAs,
    baseUrl,
    clientName,
    ...tags,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
  return words.every((word) => own.includes(word))
}

/** The connections that pass a filter at `now` (ms). */
export function filterConnections(connections: ConnectionView[], filter: ListFilter, now: number): ConnectionView[] {
  return connections.filter(
    (connection) =>
      (filter.state === null || hasState(connection, filter.state, now)) &&
      (filter.serviceId === null || connection.serviceId === filter.serviceId) &&
      (filter.tag === null || connection.tags.includes(filter.tag)) &&
      matchesText(connection, filter.text),
  )
}

/** The damaged connections that pass it, as far as anything of them can be read. */
export function filterDamaged(damaged: DamagedRecord[], filter: ListFilter): DamagedRecord[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return damaged.filter(
    ({ kind, id, name, serviceId }) =>
      kind === 'connection' &&
      (filter.state === null || filter.state === 'needs_attention') &&
      (filter.serviceId === null || serviceId === filter.serviceId) &&
      filter.tag === null &&
      words.every((word) => `${name}\n${id}`.toLowerCase().includes(word)),
  )
}

const inOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** All tags in use, in order. */
export function tagsOf(connections: ConnectionView[]): string[] {
  return [...new Set(connections.flatMap((connection) => connection.tags))].toSorted(inOrder.compare)
}
