// `grantdesk workspace`: lists the workspaces that a connection can access, or selects one.
import type { Door } from '../../contract/caller.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { printTable } from '../table.ts'

/** Lists them, or selects `wanted` by id, slug or name; by slug or URL if the API lists none. */
export function listOrChooseWorkspace(
  name: string,
  wanted: string | undefined,
  options: SecretOptions & { json?: boolean },
): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const { services } = await snapshotOf(door)
    const byHand = services.find(({ id }) => id === connection.serviceId)?.workspaceByHand
    if (wanted === undefined) return list(connection, byHand, options.json ?? false)
    const chosen = await choose(door, connection, wanted, byHand !== undefined)
    const { workspace } = chosen
    const doubt = workspace?.id === null && workspace.detail ? ` (${plainLine(workspace.detail)})` : ''
    print(`${plainLine(chosen.name)} works in ${plainLine(workspace?.name ?? 'no workspace')} from now on${doubt}.`)
  })
}

function list(
  { workspaces, workspace }: ConnectionView,
  byHand: ServiceView['workspaceByHand'],
  asJson: boolean,
): void {
  const known = workspaces.length === 0 && workspace ? [workspace] : workspaces
  const rows = known.map((one) => [
    one.id === workspace?.id ? '*' : '',
    plainLine(one.name),
    plainLine(one.id ?? one.slug ?? ''),
    plainLine(one.detail ?? ''),
  ])
  const how = byHand ? ` Name it: “grantdesk workspace NAME SLUG-OR-URL”. ${plainLine(byHand.hint)}` : ''
  if (asJson) printJson(known)
  else if (known.length === 0) print(`The service names no workspace for this connection.${how}`)
  else printTable(['', 'NAME', 'ID', 'DETAIL'], rows, (cell) => cell)
}

async function choose(
  door: Door,
  { id, workspaces }: ConnectionView,
  wanted: string,
  byHand: boolean,
): Promise<ConnectionView> {
  const found = workspaces.filter((one) => [one.id, one.slug, one.name].includes(wanted))
  if (found.length === 0 && byHand) {
    return unwrap(await door.call('connections.nameWorkspace', { id, workspace: wanted }))
  }
  const [one, other] = found
  if (!one?.id || other) {
    const remedy = `It reaches: ${workspaces.map((each) => `${each.name} (${each.id})`).join(', ') || 'none'}.`
    throw new CommandError(`“${wanted}” is not one workspace of this connection.`, remedy)
  }
  return unwrap(await door.call('connections.chooseWorkspace', { id, workspaceId: one.id }))
}
