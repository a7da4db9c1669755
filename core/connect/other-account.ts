// New tokens that belong to another account than the connection that was to be reconnected: what the person decides about them.
import type { AccountDecision } from '../../contract/attempt.ts'
import type { Account } from '../../contract/connection.ts'
import type { Context } from '../connections/context.ts'
import { requestRevocations } from '../connections/revocation-requests.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import { mergeTokens } from './merge-tokens.ts'

export interface OtherAccount {
  /** The connection that was to be reconnected. */
  existing: string
  /** The connection with the new tokens. */
  newConnectionId: string
  heldBy: Account | null
  signedInAs: Account | null
}

type Needed = Pick<Context, 'clock' | 'connections' | 'history'>

/** Carries out the person's decision; returns the id of the connection to show. */
export async function settleOtherAccount(
  context: Needed,
  attemptContext: AttemptContext,
  { existing, newConnectionId, heldBy, signedInAs }: OtherAccount,
  choice: AccountDecision,
): Promise<string> {
  const { connections, history } = context
  const { caller, recording, service } = attemptContext
  const flowId = recording.id
  const held = connections.record(existing).name
  const signedIn = signedInAs?.name ?? 'an account that did not name itself'
  const names = { heldBy: heldBy?.name ?? null, signedInAs: signedInAs?.name ?? null }
  const decision = { question: 'other_account', choice, connection: held, ...names } as const
  recording.add({ kind: 'decision', decision })
  if (choice === 'replace') {
    await attemptContext.onTokens(existing, () =>
      mergeTokens(context, { into: existing, from: newConnectionId, proven: true }),
    )
    recording.attach(existing)
    const detail = `Reconnected as ${signedIn}, where ${heldBy?.name ?? 'nobody known'} was before`
    await history.note(existing, { caller, operation: 'connect', detail, flowId })
    return existing
  }
  if (choice === 'discard') {
    await discardTokens(context, attemptContext, newConnectionId)
    recording.attach(existing)
    return existing
  }
  const detail = `Connected to ${service.name}`
  await history.note(newConnectionId, { caller, operation: 'connect', detail, flowId })
  return newConnectionId
}

/** Revokes at the service if possible, so that discarded tokens do not keep working. */
export async function discardTokens(
  { connections }: Pick<Needed, 'connections'>,
  attemptContext: AttemptContext,
  id: string,
): Promise<void> {
  const { service, client, grant } = attemptContext
  const tokens = await connections.tokens(id)
  if (client && service.endpoints.revocation) {
    const { kept } = connections.record(id)
    const source = { ...attemptContext, client: client.record, clientSecret: client.secret, grant, kept }
    // The flow shows the service's response; the tokens are deleted anyway.
    await requestRevocations(source, tokens).catch(() => undefined)
  }
  await connections.discard(id)
}
