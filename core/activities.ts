// Everything that can be done with connections: connecting, refreshing, revoking, identifying, sending requests, automatic
// renewal. Makes sure that all of it finishes before the vault is locked, so that no tokens on their way are lost.
import { createConnector } from './connect/connect.ts'
import { createClientCheck } from './connections/client-check.ts'
import type { Context } from './connections/context.ts'
import { createDisclosure } from './connections/disclose.ts'
import { createTokenInspector } from './connections/inspect-tokens.ts'
import { createOperations } from './connections/operations.ts'
import { createRefresher } from './connections/refresh.ts'
import { createReidentifier } from './connections/reidentify.ts'
import { renewal } from './connections/renewal.ts'
import { retryPolicyFactory } from './connections/retry-policy-factory.ts'
import { createRevoker } from './connections/revoke.ts'
import { createWorkspaceChooser } from './connections/workspace.ts'
import type { Browser, Ports } from './ports.ts'
import { createRequests } from './requests/send.ts'
import { createDiscovery } from './services/discover.ts'
import type { Stores } from './stores.ts'

/** `isOpen`: whether the vault is open. Nothing is renewed automatically while it is not. */
export function createActivities(ports: Ports, stores: Stores, browser: Browser, isOpen: () => boolean) {
  const { clock, log } = ports
  const { services, clients, connections, flows, history, attempts, intents } = stores
  const operations = createOperations()
  const retryPolicyFor = retryPolicyFactory({ pause: ports.pause, connections, operations })
  const context: Context = { clock, log, services, clients, connections, flows, history, operations, retryPolicyFor }
  const connector = createConnector(context, attempts, browser, intents)
  const refresher = createRefresher(context)
  const requests = createRequests(context, refresher)
  const mayRenew = () => isOpen() && !operations.closing().aborted

  return {
    ...{ context, operations, connector, refresher, requests },
    revoker: createRevoker(context),
    reidentifier: createReidentifier(context, refresher),
    disclosure: createDisclosure(context, refresher, ports.clipboard),
    tokenInspector: createTokenInspector(context),
    clientCheck: createClientCheck(context, refresher),
    workspaceChooser: createWorkspaceChooser(context),
    discovery: createDiscovery(flows),
    scheduler: ports.renews ? renewal(ports, { connections, refresher, mayRenew }) : null,
    /** Cancels what waits for the person, and lets finish what waits for a server. */
    async settle(): Promise<void> {
      requests.cancelAll()
      const settled = operations.settle()
      await connector.close()
      await settled
    },
  }
}
