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
import { takeArgument } from '../taken-values.ts'

/** Lists them, or selects `wanted` by id, slug or name; by slug or URL if the API lists none. */
export function listOrChooseWorkspace(
  name: string,
  wanted: string | undefined,
  options: SecretOptions & { json?: boolean },
): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    if (wanted === undefined) return list(door, connection, options.json ?? false)
    const chosen = await choose(door, connection, takeArgument('id', wanted, 'workspace'))
    const { workspace } = chosen
    const doubt = workspace?.id === null && workspace.detail ? ` (${plainLine(workspace.detail)})` : ''
    print(`${plainLine(chosen.name)} works in ${plainLine(workspace?.name ?? 'no workspace')} from now on${doubt}.`)
  })
}

/** How the person names a workspace of this service, if its API lists none. Asked for only then: it takes the whole snapshot. */
async function workspaceByHand(door: Door, serviceId: string): Promise<ServiceView['workspaceByHand']> {
  const { services } = await snapshotOf(door)
  return services.find(({ id }) => id === serviceId)?.workspaceByHand
}

async function list(door: Door, { serviceId, workspaces, workspace }: ConnectionView, asJson: boolean): Promise<void> {
  const known = workspaces.length === 0 && workspace ? [workspace] : workspaces
  const rows = known.map((one) => [
    one.id === workspace?.id ? '*' : '',
    plainLine(one.name),
    plainLine(one.id ?? one.slug ?? ''),
    plainLine(one.detail ?? ''),
  ])
  if (asJson) return printJson(known)
  if (known.length > 0) return printTable(['', 'NAME', 'ID', 'DETAIL'], rows, (cell) => cell)
  const byHand = await workspaceByHand(door, serviceId)
  const how = byHand ? ` Name it: “grantdesk workspace NAME SLUG-OR-URL”. ${plainLine(byHand.hint)}` : ''
  print(`The service names no workspace for this connection.${how}`)
}

async function choose(
  door: Door,
  { id, serviceId, workspaces }: ConnectionView,
  wanted: string,
): Promise<ConnectionView> {
  const found = workspaces.filter((one) => [one.id, one.slug, one.name].includes(wanted))
  if (found.length === 0 && (await workspaceByHand(door, serviceId))) {
    return unwrap(await door.call('connections.nameWorkspace', { id, workspace: wanted }))
  }
  const [one, other] = found
  if (!one?.id || other) {
    const remedy = `It reaches: ${workspaces.map((each) => `${each.name} (${each.id})`).join(', ') || 'none'}.`
    throw new CommandError(`“${wanted}” is not one workspace of this connection.`, remedy)
  }
  return unwrap(await door.call('connections.chooseWorkspace', { id, workspaceId: one.id }))
}
