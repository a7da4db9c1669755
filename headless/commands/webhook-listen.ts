// `grantdesk webhook listen`: starts the listener of a service and prints each delivery as it arrives, until it is interrupted.
// A listener that runs in the window already is watched, and goes on afterwards.
import type { Door } from '../../contract/caller.ts'
import type { Change } from '../../contract/change.ts'
import type { ServiceView } from '../../contract/service.ts'
import type { Delivery, RefusedDelivery, ReplayResult, SignatureVerdict, WebhookView } from '../../contract/webhook.ts'
import {
  eventWords,
  refusedWords,
  repeatWords,
  tunnelWords,
  verdictSentence,
  verdictWords,
} from '../../contract/webhook-words.ts'
import { Problem } from '../../core/problem.ts'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { serviceNamed } from '../find-service.ts'
import { untilInterrupted } from '../interruption.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { paint } from '../table.ts'

interface ListenOptions extends SecretOptions {
  port?: number
  forward?: string
  json?: boolean
}

type Forwarded = ReplayResult | { failed: string } | null

export async function listenWebhook(word: string, options: ListenOptions): Promise<void> {
  if (options.forward !== undefined) await checkForward(options.forward)
  return withSession(
    options,
    async ({ door, ended }) => {
      const snapshot = await snapshotOf(door)
      const service = serviceNamed(snapshot, word)
      const before = snapshot.webhooks.find(({ serviceId }) => serviceId === service.id)?.listener ?? null
      const interrupted = untilInterrupted()
      const news = createNews(door, service, options)
      const stopHearing = door.listen(news.hear)
      try {
        const webhook = unwrap(await door.call('webhooks.start', { serviceId: service.id, port: options.port }))
        introduce(service, webhook, options)
        const gone = ended().then(() => 'gone' as const)
        if ((await Promise.race([interrupted, gone])) === 'gone') {
          throw new CommandError('The Grantdesk that listened has ended.', 'Start it again, or this command.')
        }
        await news.done()
        if (before === null) unwrap(await door.call('webhooks.stop', { serviceId: service.id }))
      } finally {
        stopHearing()
      }
    },
    { lasting: true, makesVault: true },
  )
}

async function checkForward(url: string): Promise<void> {
  const { replayAddress } = await import('../../core/webhooks/replay-address.ts')
  try {
    replayAddress(url)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw wrongUsage(`--forward: ${error.message}`, error.failure.remedy)
  }
}

function introduce(service: ServiceView, { listener, secrets }: WebhookView, { json, forward }: ListenOptions): void {
  if (!listener) return
  const tell = json ? note : print
  const name = plainLine(service.name)
  tell(`Listens for webhooks of ${name} at\n  ${listener.url}`)
  if (listener.movedFrom !== null) {
    note(`Port ${listener.movedFrom}, which it had last time, is in use: a tunnel has to lead to ${listener.port} now.`)
  }
  tell(tunnelWords(name, listener.port))
  if (secrets.length === 0) {
    note(`No secret is stored, so nothing is checked: “grantdesk webhook secret ${service.id}” stores one.`)
  }
  if (forward !== undefined) tell(`What is signed with a stored secret is sent on to ${plainLine(forward)}.`)
  tell('Ctrl-C stops.')
}

function createNews(door: Door, service: ServiceView, options: ListenOptions) {
  let last: Promise<void> = Promise.resolve()
  let isLocked = false
  const refused = new Map<RefusedDelivery, number>()

  async function tell(delivery: Delivery): Promise<void> {
    const forwarded = await forward(door, delivery, options.forward)
    if (!options.json) return print(linesOf(delivery, service, forwarded))
    const answer = await door.call('webhooks.get', { id: delivery.id })
    // One that was deleted meanwhile is told without headers and body.
    printJson({ ...(answer.ok ? answer.value : delivery), forwarded })
  }

  function tellRefused({ listener }: WebhookView): void {
    for (const { reason, count } of listener?.refused ?? []) {
      const more = count - (refused.get(reason) ?? 0)
      refused.set(reason, count)
      if (more > 0) note(`${more === 1 ? 'A request was' : `${more} requests were`} refused: ${refusedWords[reason]}.`)
    }
  }

  return {
    hear(change: Change): void {
      if (change.kind === 'snapshot') {
        const { state } = change.snapshot.vault
        if (state === 'locked' && !isLocked) {
          note('The vault is locked: deliveries are answered 503, so that the service sends them again later.')
        }
        isLocked = state === 'locked'
      }
      if (change.kind === 'webhook' && change.webhook.serviceId === service.id) tellRefused(change.webhook)
      if (change.kind !== 'webhook_delivery' || change.delivery.serviceId !== service.id) return
      const { delivery } = change
      last = last.then(() => tell(delivery)).catch((error: unknown) => note(`${error}`))
    },
    /** When all that came has been told. */
    done: () => last,
  }
}

/** Only what is signed with a stored secret: anybody may have sent the rest. */
async function forward(door: Door, { id, verdict }: Delivery, url: string | undefined): Promise<Forwarded> {
  if (url === undefined) return null
  if (verdict !== 'fits') return { failed: 'Not sent on.' }
  const answer = await door.call('webhooks.replay', { id, url })
  return answer.ok ? answer.value : { failed: answer.failure.message }
}

/** Something is wrong with what is not in here. */
const marks: Partial<Record<SignatureVerdict, { mark: string; colour: 'green' | 'grey' }>> = {
  fits: { mark: '✓', colour: 'green' },
  no_secret: { mark: '·', colour: 'grey' },
}

function linesOf(delivery: Delivery, { webhook }: ServiceView, forwarded: Forwarded): string {
  const { receivedAt, verdict, actor, workspaceId, connection, repeats } = delivery
  const place = connection?.name ?? workspaceId
  const { mark, colour } = marks[verdict] ?? { mark: '✗', colour: 'red' as const }
  const parts = [
    new Date(receivedAt).toTimeString().slice(0, 8),
    paint(plainLine(eventWords(delivery)), 'bold'),
    paint(`${mark} ${verdictWords[verdict]}`, colour),
    ...(actor === null ? [] : [`by ${plainLine(actor)}`]),
    ...(place === null ? [] : [`in ${plainLine(place)}`]),
    ...(repeats === null ? [] : [`(${repeatWords(repeats)})`]),
  ]
  const why = marks[verdict] ? [] : [plainLine(verdictSentence(delivery, webhook?.header ?? 'signature'))]
  const sent = forwarded === null ? [] : [forwardedWords(forwarded)]
  return [parts.join('  '), ...[...why, ...sent].map((line) => `          ${line}`)].join('\n')
}

function forwardedWords(forwarded: NonNullable<Forwarded>): string {
  if ('failed' in forwarded) return plainLine(forwarded.failed)
  return `Sent on: ${forwarded.status} after ${forwarded.took} ms.`
}
