// Which of the workspaces that a token reaches is meant: the person's choice, sent with every request from then on.
import type { Caller } from '../../contract/connection.ts'
import { problem } from '../problem.ts'
import type { Context } from './context.ts'

export interface WorkspaceChooser {
  /** Throws `not_found` for one that the connection does not reach. */
  choose(id: string, workspaceId: string, caller: Caller): Promise<void>
}

export function createWorkspaceChooser({ connections, history }: Context): WorkspaceChooser {
  return {
    async choose(id, workspaceId, caller) {
      const workspace = connections.record(id).workspaces.find((one) => one.id === workspaceId)
      if (!workspace) throw problem('not_found', 'This connection does not reach that workspace.', 'Identify it again.')
      await connections.update(id, { workspace })
      await history.add(id, { caller, act: 'workspace', detail: `Works in ${workspace.name}` })
    },
  }
}
