// What happens to tokens once they have come: sealed at once under a provisional name, then the account is asked for
// and names the connection. Another account is never stored over an existing connection.
import { randomUUID } from 'node:crypto'
import type { TokenAnswer } from '../oauth/token-endpoint.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Context } from './context.ts'
import { type Identity, tryToIdentify } from './identify.ts'
import { profileFrom, shownScopes, tokensFrom } from './token-source.ts'
import type { Undertaking } from './undertaking.ts'

export interface TokenKeeper {
  /** Answers the id of the connection that holds the tokens now. */
  keep(undertaking: Undertaking, answer: TokenAnswer): Promise<string>
}

export function createTokenKeeper({ clock, connections, history, acts }: Context): TokenKeeper {
  function profile(undertaking: Undertaking, clientRecordId: string, answer: TokenAnswer) {
    const { input, service, grant, client, recording } = undertaking
    const now = clock.now()
    const record: ConnectionRecord = {
      name: connections.freeName(input.name || `${service.name} at ${new URL(client.baseUrl).host}`),
      tags: [],
      serviceId: service.id,
      baseUrl: client.baseUrl,
      clientId: clientRecordId,
      grantId: grant.id,
      grantType: grant.type,
      account: null,
      workspace: null,
      scopes: { requested: input.scopes, granted: shownScopes(answer.scopes, recording), reported: null },
      parameters: input.parameters,
      refreshTokenObtainedAt: null,
      refreshTokenExpiresAt: null,
      createdAt: now,
      lastUsedAt: null,
      ...profileFrom(answer, now, grant),
    }
    return record
  }

  function nameFrom({ input, service }: Undertaking, { account, workspace }: Identity): string | null {
    if (input.name || !account) return null
    return workspace ? `${account.name} · ${workspace.name}` : `${account.name} · ${service.name}`
  }

  async function describe(id: string, undertaking: Undertaking, identity: Identity): Promise<void> {
    const record = connections.record(id)
    const { account, workspace, reported } = identity
    const wanted = nameFrom(undertaking, identity)
    await connections.update(id, {
      account,
      workspace,
      scopes: { ...record.scopes, reported },
      ...(wanted ? { name: connections.freeName(wanted) } : {}),
      ...(identity.status === null ? {} : { lastUsedAt: clock.now() }),
    })
  }

  /** Moves the new tokens into the connection that is reconnected, in one write. */
  async function merge(into: string, from: string, answer: TokenAnswer, identity: Identity): Promise<void> {
    const before = connections.record(into)
    const { name: _, tags: __, createdAt: ___, ...fresh } = connections.record(from)
    await connections.put(
      into,
      {
        ...before,
        ...fresh,
        account: identity.account ?? before.account,
        workspace: identity.workspace ?? before.workspace,
        scopes: { ...fresh.scopes, reported: identity.reported },
      },
      tokensFrom(answer, null),
    )
    await connections.discard(from)
  }

  return {
    async keep(undertaking, answer) {
      const { input, service, client, recording, signal, caller } = undertaking
      recording.hide(answer.accessToken, 'access_token')
      if (answer.refreshToken) recording.hide(answer.refreshToken, 'refresh_token')
      const id = randomUUID()
      const clientRecordId = await undertaking.keepClient()
      await connections.put(id, profile(undertaking, clientRecordId, answer), tokensFrom(answer, null))
      recording.attach(id)
      const question = { service, baseUrl: client.baseUrl, accessToken: answer.accessToken, recording, signal }
      const identity = await tryToIdentify(question)
      const existing = input.reconnect
      if (existing && belongsTo(connections.record(existing), undertaking, identity)) {
        await acts.onTokens(existing, () => merge(existing, id, answer, identity))
        recording.attach(existing)
        await history.add(existing, { caller, act: 'connect', detail: 'Reconnected', flowId: recording.id })
        return existing
      }
      await describe(id, undertaking, identity)
      if (existing) {
        const { name, account } = connections.record(existing)
        recording.note({
          from: 'api',
          to: 'grantdesk',
          title: 'Another account',
          note: `You signed in as ${identity.account?.name ?? 'an account that did not name itself'}; “${name}” is ${account?.name ?? 'elsewhere'}. The new tokens became a connection of their own and “${name}” is as it was.`,
          outcome: 'noted',
        })
      }
      await history.add(id, { caller, act: 'connect', detail: `Connected to ${service.name}`, flowId: recording.id })
      return id
    },
  }
}

/** Whether the new tokens are for the same account at the same place; an account that stays silent is not taken for it. */
function belongsTo(record: ConnectionRecord, { service, client }: Undertaking, { account }: Identity): boolean {
  if (record.serviceId !== service.id || record.baseUrl !== client.baseUrl) return false
  if (record.account === null) return true
  if (account === null) return false
  if (record.account.id !== null && account.id !== null) return record.account.id === account.id
  return record.account.name === account.name
}
