// `grantdesk workspace`: which workspaces a connection reaches, and which one is meant.
import { Complaint, unwrap } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print, printJson, printTable } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

/** Lists them, or chooses the one that `wanted` names by its id, its slug or its name. */
export function workspaceOf(
  name: string,
  wanted: string | undefined,
  options: SecretOptions & { json?: boolean },
): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id, workspaces, workspace } = await connectionNamed(door, name)
    if (wanted === undefined) {
      if (options.json) return printJson(workspaces)
      if (workspaces.length === 0) return print('The service names no workspace for this connection.')
      const rows = workspaces.map((one) => [
        one.id === workspace?.id ? '*' : '',
        plainLine(one.name),
        plainLine(one.id ?? ''),
        plainLine(one.detail ?? ''),
      ])
      return printTable(['', 'NAME', 'ID', 'DETAIL'], rows, (cell) => cell)
    }
    const found = workspaces.filter((one) => [one.id, one.slug, one.name].includes(wanted))
    const [one, other] = found
    if (!one?.id || other) {
      const remedy = `It reaches: ${workspaces.map((each) => `${each.name} (${each.id})`).join(', ') || 'none'}.`
      throw new Complaint(`“${wanted}” is not one workspace of this connection.`, remedy)
    }
    const chosen = unwrap(await door.call('connections.chooseWorkspace', { id, workspaceId: one.id }))
    print(`${plainLine(chosen.name)} works in ${plainLine(one.name)} from now on.`)
  })
}
