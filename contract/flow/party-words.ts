// The parties of a flow, as a person reads them.
import type { Party } from './legacy-step.ts'

export const partyWords: Record<Party, string> = {
  grantdesk: 'Grantdesk',
  other_program: 'Other program',
  browser: 'Browser',
  authorization_server: 'Authorization server',
  api: 'API',
}
