// Selects one of the workspaces that a token can access; later requests use it.
import type { Caller } from '../../contract/connection.ts'
import { problem } from '../problem.ts'
import { slugFrom } from '../services/workspace-address.ts'
import type { Context } from './context.ts'
import { checkedWorkspace } from './workspace-check.ts'

export interface WorkspaceChooser {
  /** Throws `not_found` for a workspace that the connection cannot access. */
  choose(id: string, workspaceId: string, caller: Caller): Promise<void>
  /**
   * Sets it by its slug or URL; an empty text removes it. If the API lists workspaces, it has to be one of those.
   * Throws `not_supported`, `not_found` for one that is not listed, `invalid_input` for one that the API does not know.
   */
  name(id: string, workspace: string, caller: Caller): Promise<void>
}

export function createWorkspaceChooser(context: Context): WorkspaceChooser {
  const { connections, services, history } = context
  return {
    async choose(id, workspaceId, caller) {
      const workspace = connections.record(id).workspaces.find((one) => one.id === workspaceId)
      if (!workspace) throw problem('not_found', 'This connection does not reach that workspace.', 'Identify it again.')
      await connections.update(id, { workspace })
      await history.note(id, { caller, operation: 'workspace', detail: `Works in ${workspace.name}` })
    },
    async name(id, text, caller) {
      const { name, serviceId, workspaces } = connections.record(id)
      const slug = text.trim() === '' ? null : slugFrom(services.find(serviceId), text)
      const listed = workspaces.find((one) => one.slug === slug)
      if (slug !== null && !listed && workspaces.length > 0) {
        const names = workspaces.map((one) => one.slug ?? one.name).join(', ')
        throw problem('not_found', `“${name}” reaches no workspace “${slug}”.`, `It reaches: ${names}.`)
      }
      const workspace = slug === null ? null : (listed ?? (await checkedWorkspace(context, id, slug)))
      await connections.update(id, { workspace })
      const detail = workspace === null ? 'Works in no workspace' : `Works in ${workspace.name}`
      await history.note(id, { caller, operation: 'workspace', detail })
    },
  }
}
