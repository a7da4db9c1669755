// The screens of the middle column, as a union. Refuses anything that holds a secret.

export type Screen =
  | { name: 'welcome' }
  | { name: 'connection'; id: string }
  | {
      name: 'connect'
      serviceId?: string
      baseUrl?: string
      clientId?: string
      reconnect?: string
      /** To be asked for beside those of the connection that is reconnected. */
      scopes?: string[]
      attempt?: string
    }
  | { name: 'inventory' }
  | { name: 'flows' }
  | { name: 'history'; connectionId?: string }
  | { name: 'services'; serviceId?: string }
  /** A service is described, or the description of one changed; the wizard goes on afterwards where it was left for it. */
  | { name: 'describe'; serviceId?: string; thenConnect?: boolean }
  | { name: 'settings' }

export type ScreenName = Screen['name']
