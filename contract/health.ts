// The health of a connection: whether its token works now, and what needs the person. Made by asking the API or, where it
// cannot say, the authorization server.
import { z } from 'zod'
import { type ConnectionView, endToRemind, missingScopes } from './connection.ts'
import { awaitsWorkspace, connectionState } from './connection-state.ts'
import type { Failure } from './failure.ts'
import { diagnosisSchema } from './flow/diagnosis.ts'
import { introspectionWords } from './introspection.ts'
import { lazyObject } from './lazy-schema.ts'
import { dayOf } from './moment.ts'

export const needSchema = lazyObject(() => ({
  kind: z.enum([
    'damaged',
    /** The API or the authorization server refused. */
    'refused',
    /** It cannot be renewed here, for another reason than a refusal. */
    'broken',
    'expired',
    'expiring',
    'revocation_unverified',
    'still_works',
    'workspace',
    /** Scopes that were asked for and not granted. */
    'scopes',
    'unreachable',
  ]),
  /** One sentence. */
  title: z.string(),
  /** What the person can do; may be empty. */
  remedy: z.string(),
}))
export type Need = z.infer<typeof needSchema>

export const healthSchema = lazyObject(() => ({
  connectionId: z.string(),
  name: z.string(),
  serviceName: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** `unasked`: nobody can be asked, so only what is stored is known. `revoked`: it is not asked for. */
  token: z.enum(['works', 'refused', 'unreachable', 'unasked', 'revoked']),
  /** When the access token ends (ms); `null` if it is not known. */
  expiresAt: z.number().nullable(),
  /** The scopes it has, as far as anybody said; `null` where nobody did. */
  scopes: z.array(z.string()).nullable(),
  /** The most pressing first; empty if all is well. */
  needs: z.array(needSchema),
  /** The flow that asked, if one did, and what the rules say of it. */
  flowId: z.string().nullable(),
  diagnoses: z.array(diagnosisSchema),
}))
export type Health = z.infer<typeof healthSchema>

/** Whether the person has to do something; missing scopes alone are a remark. */
export function needsPerson({ needs }: Pick<Health, 'needs'>): boolean {
  return needs.some(({ kind }) => kind !== 'scopes')
}

/** What a connection needs at `now` (ms), by its view after it was asked, and why that failed if it did. */
export function needsOf(connection: ConnectionView, failure: Failure | null, now: number): Need[] {
  const needs: Need[] = []
  const { status } = connection
  const add = (kind: Need['kind'], title: string, remedy: string) => void needs.push({ kind, title, remedy })
  if (status.kind === 'needs_attention') {
    const { message, remedy = 'Connect again.' } = status.failure
    add(connection.damage ? 'damaged' : 'refused', message, remedy)
  } else if (failure !== null) add(kindOf(failure), failure.message, failure.remedy ?? '')
  if (connection.introspection?.active === false && status.kind === 'good')
    add('refused', `The authorization server says: ${introspectionWords(connection.introspection)}.`, 'Connect again.')
  const again = connection.grantType === 'static_token' ? 'Replace the token.' : 'Connect again.'
  switch (connectionState(connection, now)) {
    case 'expired':
      if (failure === null) add('expired', 'The token has ended, and nothing renews it.', again)
      break
    case 'expiring':
      add('expiring', `It ends on ${dayOf(endToRemind(connection, now) ?? now)}, and only you can renew it.`, again)
      break
    case 'still_works':
      add('still_works', 'It was revoked, and its access token still works.', 'Check the revocation again later.')
      break
    case 'revocation_unverified':
      add('revocation_unverified', 'Whether its revocation took effect is not known.', 'Check the revocation again.')
      break
    default:
  }
  if (awaitsWorkspace(connection))
    add('workspace', `It reaches ${connection.workspaces.length} workspaces, and none is chosen.`, 'Choose one.')
  const missing = status.kind === 'good' ? missingScopes(connection.scopes) : []
  if (missing.length > 0) add('scopes', `Asked for and not granted: ${missing.join(' ')}.`, 'Reconnect to ask again.')
  return needs
}

function kindOf(failure: Failure): Need['kind'] {
  switch (failure.kind) {
    case 'refused':
      return 'refused'
    case 'network':
    case 'timed_out':
    case 'unexpected_answer':
      return 'unreachable'
    default:
      return 'broken'
  }
}
