// Procedures on stored connections.

import { handOutByName } from '../connections/token-named.ts'
import { healthCheck } from '../health/health-check.ts'
import { lazyDiagnoser } from './lazy-diagnoser.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function connectionProcedures(parts: Parts): ProceduresOf<'connections'> {
  const { connections, damaged, operations, refresher, revoker, reidentifier, workspaceChooser } = parts
  const { disclosure, tokenInspector, history, clock } = parts
  const checkHealth = healthCheck(parts, reidentifier, lazyDiagnoser(parts))
  const tokenNamed = handOutByName({ clock, connections, disclosure, damaged })

  return {
    'connections.named': async ({ name }) => connections.view(connections.idNamed(name)),
    'connections.rename': async ({ id, name }, caller) => {
      await connections.rename(id, name)
      await history.note(id, { caller, operation: 'rename', detail: `Renamed to ${name}` })
      return connections.view(id)
    },
    'connections.tag': async ({ id, tags }, caller) => {
      await connections.update(id, { tags: [...new Set(tags)] })
      await history.note(id, {
        caller,
        operation: 'tag',
        detail: tags.length > 0 ? `Tags: ${tags.join(', ')}` : 'No tags',
      })
      return connections.view(id)
    },
    'connections.remove': async ({ id }, caller) => {
      const { name } = connections.record(id)
      await operations.onTokens(id, async () => {
        await connections.remove(id)
        await history.note(id, { caller, operation: 'remove', detail: `Removed ${name}`, name })
      })
      return {}
    },
    'connections.restore': async ({ id }, caller) => {
      await operations.onTokens(id, async () => {
        await connections.restore(id)
        await history.note(id, { caller, operation: 'put_back', detail: `Put back as ${connections.record(id).name}` })
      })
      return connections.view(id)
    },
    'connections.refresh': async ({ id, clientAuthentication }, caller) => {
      await refresher.refresh(id, caller, clientAuthentication)
      return connections.view(id)
    },
    'connections.cancel': async ({ id }) => {
      connections.record(id)
      operations.cancel(id)
      return {}
    },
    'connections.revoke': ({ id }, caller) => revoker.revoke(id, caller),
    'connections.checkRevocation': ({ id }, caller) => revoker.checkAgain(id, caller),
    'connections.identify': async ({ id }, caller) => {
      await reidentifier.identify(id, caller)
      return connections.view(id)
    },
    'connections.checkHealth': ({ id }, caller) => checkHealth(id, caller),
    'connections.chooseWorkspace': async ({ id, workspaceId }, caller) => {
      await workspaceChooser.choose(id, workspaceId, caller)
      return connections.view(id)
    },
    'connections.nameWorkspace': async ({ id, workspace }, caller) => {
      await workspaceChooser.name(id, workspace, caller)
      return connections.view(id)
    },
    'connections.setTestPath': async ({ id, path }, caller) => {
      await reidentifier.setTestPath(id, path, caller)
      return connections.view(id)
    },
    'connections.setAutoRefresh': async ({ id, autoRefresh }, caller) => {
      await connections.update(id, { autoRefresh })
      if (!autoRefresh) connections.setWaiting(id, null)
      const detail = autoRefresh ? 'Renewed by itself from now on' : 'No longer renewed by itself'
      await history.note(id, { caller, operation: 'auto_refresh', detail })
      return connections.view(id)
    },
    'connections.markReminded': async ({ id, end, dismissed }) => {
      await connections.update(id, { reminded: { end, dismissed, at: clock.now() } })
      return connections.view(id)
    },
    'connections.scopeChanges': async ({ id }) => ({ changes: connections.record(id).scopeChanges.toReversed() }),
    'connections.inspect': ({ id }) => tokenInspector.inspect(id),
    'connections.verifySignatures': ({ id }) => tokenInspector.verifySignatures(id),
    'connections.reveal': (input, caller) => disclosure.reveal(input, caller),
    'connections.copy': (input, caller) => disclosure.copy(input, caller),
    'connections.token': ({ id }, caller) => disclosure.token(id, caller),
    'connections.tokenNamed': ({ name }, caller) => tokenNamed(name, caller),
  }
}
