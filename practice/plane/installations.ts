// Which application is installed in which workspace. Consent installs an application in all of the account's workspaces,
// and the redirect names one of them; a bot token acts for one installation.
import { randomUUID } from 'node:crypto'
import type { Workspace } from './workspaces.ts'

export interface Installation {
  id: string
  clientId: string
  workspace: Workspace
  /** Logins of those who allowed it. */
  allowedBy: Set<string>
  scope: string
}

export interface Installations {
  install(clientId: string, login: string, workspace: Workspace, scope: string): Installation
  find(id: string): Installation | undefined
  /** A bot sees its own installation, a person those they allowed. */
  visibleTo(token: { clientId: string; login: string; installationId: string | null }): Installation[]
}

export function createInstallations(): Installations {
  const all: Installation[] = []
  return {
    install(clientId, login, workspace, scope) {
      const known = all.find((one) => one.clientId === clientId && one.workspace === workspace)
      const installation = known ?? { id: randomUUID(), clientId, workspace, allowedBy: new Set<string>(), scope }
      if (!known) all.push(installation)
      installation.allowedBy.add(login)
      installation.scope = scope
      return installation
    },
    find: (id) => all.find((installation) => installation.id === id),
    visibleTo: ({ clientId, login, installationId }) =>
      all.filter(
        (one) => one.clientId === clientId && (installationId ? one.id === installationId : one.allowedBy.has(login)),
      ),
  }
}

/** The installation as Plane's API returns it. */
export function describeInstallation({ id, workspace }: Installation): Record<string, unknown> {
  const { name, slug, botId } = workspace
  return {
    id,
    workspace_detail: { name, slug, id: workspace.id },
    status: 'installed',
    app_bot: botId,
    workspace: workspace.id,
  }
}
