// The screens of the middle column, as a union. Refuses anything that holds a secret.
import type { ReconnectChanges } from '../../contract/flow/diagnosis.ts'

export type Screen =
  | { name: 'welcome' }
  | { name: 'connection'; id: string }
  | {
      name: 'connect'
      serviceId?: string
      baseUrl?: string
      clientId?: string
      reconnect?: string
      /** What is done otherwise than before. */
      changes?: ReconnectChanges
      /** Begins without another click: a button elsewhere said all that is needed. */
      atOnce?: boolean
      /** The request to send again once it is reconnected. */
      thenSend?: { method: string; path: string }
      attempt?: string
    }
  | { name: 'inventory' }
  | { name: 'lessons' }
  | { name: 'health' }
  | { name: 'flows' }
  | { name: 'compare'; left: string; right: string }
  | { name: 'history'; connectionId?: string }
  /** With a client of the service that is to be changed, or its secret replaced. */
  | { name: 'services'; serviceId?: string; client?: { id: string; what: 'edit' | 'secret' } }
  /** A service is described, or the description of one changed; the wizard goes on afterwards where it was left for it. */
  | { name: 'describe'; serviceId?: string; thenConnect?: boolean }
  /** Of a service, or of the one that was looked at last. */
  | { name: 'webhooks'; serviceId?: string }
  | { name: 'settings' }

export type ScreenName = Screen['name']
