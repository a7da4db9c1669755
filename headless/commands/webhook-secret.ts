// `grantdesk webhook secret`: stores a secret that a service signs its deliveries with, lists the stored ones by name, removes one.
import type { Door } from '../../contract/caller.ts'
import type { Snapshot } from '../../contract/change.ts'
import { clockTime } from '../../contract/moment.ts'
import type { ServiceView } from '../../contract/service.ts'
import type { WebhookView } from '../../contract/webhook.ts'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { serviceNamed } from '../find-service.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretInput, SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { printTable } from '../table.ts'
import { takeSecret } from '../taken-values.ts'

interface WebhookSecretOptions extends SecretOptions {
  name?: string
  workspace?: string
  list?: boolean
  remove?: string
  json?: boolean
}

export function webhookSecret(word: string, options: WebhookSecretOptions): Promise<void> {
  if (options.list && options.remove !== undefined) throw wrongUsage('Choose one of --list and --remove.')
  const stores = !options.list && options.remove === undefined
  return withSession(
    options,
    async ({ door, secrets }) => {
      const snapshot = await snapshotOf(door)
      const service = serviceNamed(snapshot, word)
      const stored = snapshot.webhooks.find(({ serviceId }) => serviceId === service.id)
      if (options.list) return list(service, stored, options)
      const webhook =
        options.remove === undefined
          ? await store(door, snapshot, service, secrets, options)
          : await remove(door, service, stored, options.remove)
      if (options.json) return printJson(webhook.secrets)
      print(options.remove === undefined ? `Stored: ${plainLine(webhook.secrets.at(-1)?.name ?? '')}.` : 'Removed.')
    },
    { makesVault: stores },
  )
}

async function store(
  door: Door,
  snapshot: Snapshot,
  { id: serviceId, name: serviceName }: ServiceView,
  secrets: SecretInput,
  { name, workspace }: WebhookSecretOptions,
): Promise<WebhookView> {
  const found = workspace === undefined ? null : workspaceNamed(snapshot, serviceId, workspace)
  const given = await secrets.credential('secret', `Secret of the webhook of ${plainLine(serviceName)}: `)
  const secret = await takeSecret('webhook_secret', given, 'secret of the webhook')
  const input = { serviceId, name: name ?? found?.name, workspaceId: found?.id ?? null, secret }
  return unwrap(await door.call('webhooks.addSecret', input))
}

/** A workspace that a connection reaches; what names none is taken for an id. */
function workspaceNamed({ connections }: Snapshot, serviceId: string, text: string): { id: string; name: string } {
  const all = connections
    .filter((one) => one.serviceId === serviceId)
    .flatMap(({ workspace, workspaces }) => [...(workspace ? [workspace] : []), ...workspaces])
  const word = text.toLowerCase()
  const found = all.find(({ id, name, slug }) => id === text || name.toLowerCase() === word || slug === text)
  return found?.id ? { id: found.id, name: found.name } : { id: text, name: text }
}

async function remove(door: Door, service: ServiceView, stored: WebhookView | undefined, text: string) {
  const found = stored?.secrets.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
  if (!found) {
    throw new CommandError(
      `No webhook secret of ${plainLine(service.name)} is called “${plainLine(text)}”.`,
      'See --list.',
    )
  }
  return unwrap(await door.call('webhooks.removeSecret', { serviceId: service.id, id: found.id }))
}

function list({ name }: ServiceView, stored: WebhookView | undefined, { json }: WebhookSecretOptions): void {
  const secrets = stored?.secrets ?? []
  const rows = secrets.map((one) => [plainLine(one.name), plainLine(one.workspaceId ?? 'any'), clockTime(one.addedAt)])
  if (json) printJson(secrets)
  else if (rows.length === 0) print(`No webhook secret of ${plainLine(name)} is stored.`)
  else printTable(['NAME', 'WORKSPACE', 'STORED'], rows, (cell) => cell)
}
