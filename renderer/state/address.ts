// What is on screen as the fragment of an address, and back. Only ids and the names of screens stand in it: what a screen was
// given besides, such as a client id, is left out, and nothing that begins by itself does so from an address.
import type { Screen } from './screen.ts'

/** A screen, and the flow beside it. */
export interface Place {
  screen: Screen
  openFlowId: string | null
}

const plainScreens = [
  'inventory',
  'lessons',
  'health',
  'flows',
  'history',
  'services',
  'describe',
  'webhooks',
  'connect',
  'settings',
] as const

/** Nothing else is written into an address, or taken from one. */
const idPattern = /^[\w.~-]{1,128}$/

function pathOf(screen: Screen): string[] {
  switch (screen.name) {
    case 'welcome':
      return []
    case 'connection':
      return ['connection', screen.id]
    case 'compare':
      return ['compare', screen.left, screen.right]
    case 'connect':
      if (screen.reconnect !== undefined) return ['reconnect', screen.reconnect]
      return ['connect', ...(screen.serviceId === undefined ? [] : [screen.serviceId])]
    case 'history':
      return ['history', ...(screen.connectionId === undefined ? [] : [screen.connectionId])]
    case 'services':
    case 'describe':
    case 'webhooks':
      return [screen.name, ...(screen.serviceId === undefined ? [] : [screen.serviceId])]
    default:
      return [screen.name]
  }
}

/** The fragment that leads to a place, with its `#`; empty for the overview. A flow alone is `#/flow/ID`. */
export function addressOf({ screen, openFlowId }: Place): string {
  const own = pathOf(screen)
  const path = own.every((part) => idPattern.test(part)) ? own : own.slice(0, 1)
  if (openFlowId === null || !idPattern.test(openFlowId)) return path.length === 0 ? '' : `#/${path.join('/')}`
  const before = screen.name === 'flows' ? [] : path.length === 0 ? ['overview'] : path
  return `#/${[...before, 'flow', openFlowId].join('/')}`
}

function screenAt([name, id, second]: string[]): Screen | null {
  switch (name) {
    case 'overview':
      return { name: 'welcome' }
    case 'connection':
      return id === undefined ? null : { name, id }
    case 'reconnect':
      return id === undefined ? null : { name: 'connect', reconnect: id }
    case 'compare':
      return id === undefined || second === undefined ? null : { name, left: id, right: second }
    case 'history':
      return id === undefined ? { name } : { name, connectionId: id }
    case 'connect':
    case 'services':
    case 'describe':
    case 'webhooks':
      return id === undefined ? { name } : { name, serviceId: id }
    default: {
      const plain = plainScreens.find((one) => one === name)
      return plain === undefined ? null : { name: plain }
    }
  }
}

/** The place that a fragment leads to; `null` for one that is none of ours. */
export function placeAt(fragment: string): Place | null {
  if (fragment === '' || fragment === '#' || fragment === '#/') return { screen: { name: 'welcome' }, openFlowId: null }
  if (!fragment.startsWith('#/')) return null
  const parts = fragment.slice(2).split('/')
  if (!parts.every((part) => idPattern.test(part))) return null
  const at = parts.length >= 2 && parts.at(-2) === 'flow' ? parts.length - 2 : parts.length
  const screen: Screen | null = at === 0 ? { name: 'flows' } : screenAt(parts.slice(0, at))
  return screen && { screen, openFlowId: parts[at + 1] ?? null }
}
