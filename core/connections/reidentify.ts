// Asks an existing connection's API again who the account is, which workspace it reaches and which scopes it reports.
import type { Caller } from '../../contract/connection.ts'
import { problem } from '../problem.ts'
import type { Context } from './context.ts'
import { identify } from './identify.ts'
import { inFlow } from './in-flow.ts'
import type { Refresher } from './refresh.ts'

export interface Reidentifier {
  identify(id: string, caller: Caller): Promise<void>
}

/** An access token that ends within this time (ms) is refreshed first. */
const freshFor = 5_000

export function createReidentifier(context: Context, refresher: Refresher): Reidentifier {
  const { services, connections, flows, history } = context
  return {
    async identify(id, caller) {
      await refresher.ensureFresh(id, freshFor, caller)
      const record = connections.record(id)
      const service = services.find(record.serviceId)
      if (service.identity.length === 0) {
        throw problem('not_supported', `${service.name} has no known way to ask whose token this is.`)
      }
      const { accessToken } = await connections.tokens(id)
      const title = `Identify ${record.name}`
      const recording = flows.start({ kind: 'identify', title, serviceId: service.id, connectionId: id })
      recording.hide(accessToken, 'access_token')
      connections.setBusy(id, 'identifying')
      try {
        const { account, status } = await inFlow(recording, async () => {
          const identity = await identify({ service, baseUrl: record.baseUrl, accessToken, recording })
          const scopes = { ...connections.record(id).scopes, reported: identity.reported ?? record.scopes.reported }
          await connections.update(id, {
            account: identity.account ?? record.account,
            workspace: identity.workspace ?? record.workspace,
            scopes,
          })
          return { value: identity, succeeded: identity.account !== null }
        })
        if (account) await refresher.worked(id, accessToken)
        const outcome = account ? 'done' : 'failed'
        const detail = account ? `The account is ${account.name}` : `The API answered ${status}`
        await history.add(id, { caller, act: 'identify', outcome, detail, flowId: recording.id })
      } finally {
        connections.setBusy(id, null)
      }
    },
  }
}
