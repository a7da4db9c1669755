// How each grant is gone through at a server that others wrote, by the real core with a person at the server's own pages, and
// what came of it in one line: that it works, or the server's own words.
import { expect } from 'vitest'
import { type Attempt, isUnderWay } from '../../../contract/attempt.ts'
import type { Failure } from '../../../contract/failure.ts'
import type { ProcedureInput } from '../../../contract/procedures.ts'
import type { ClientAuthentication } from '../../../contract/service.ts'
import { until } from '../../support/child.ts'
import type { ForeignClient, InteropApp } from '../../support/interop-app.ts'
import { type Visitor, WebSession } from '../../support/web-session.ts'

export const grants = [
  'code with S256',
  'code with plain',
  'code without PKCE',
  'refresh',
  'client credentials',
  'installation',
  'password',
  'device code',
  'out of band',
] as const
export type GrantKind = (typeof grants)[number]

/** What a server's description calls the grants. */
export interface GrantIds {
  code: string
  machine: string
  installation: string
  password: string
  device: string
}

export interface Going {
  at: InteropApp
  client: ForeignClient
  ids: GrantIds
}

/** The connection that came of it, or the server's words. */
export type Outcome = { connectionId: string } | { words: string }

const person = { name: 'alice', password: 'alice-pw' }

export const grantRuns: Record<GrantKind, (going: Going) => Promise<Outcome>> = {
  'code with S256': byCode('S256'),
  'code with plain': byCode('plain'),
  'code without PKCE': byCode('off'),
  refresh: byRefresh,
  'client credentials': (going) => byItself(going, going.ids.machine),
  installation: byInstallation,
  password: (going) => byItself(going, going.ids.password, { username: person.name, password: person.password }),
  'device code': byDeviceCode,
  'out of band': outOfBand,
}

function byCode(pkce: 'S256' | 'plain' | 'off') {
  return async ({ at, client, ids }: Going): Promise<Outcome> => {
    const { attempt, end } = await at.visit({ ...client, pkce }, { grantId: ids.code })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    const sent = new URL(attempt.authorizationUrl).searchParams.get('code_challenge_method')
    expect(sent).toBe(pkce === 'off' ? null : pkce)
    return end.redirect ? outcomeOf(at, await at.grantdesk.settled(attempt.id)) : keptByServer(at, attempt, end.words)
  }
}

/** Connects in a way that the server takes, so that only the refresh is on trial. */
async function byRefresh({ at, client, ids }: Going): Promise<Outcome> {
  const { clientAuthentication } = client
  const taken: ClientAuthentication = clientAuthentication === 'none' ? 'none' : 'body'
  const { id } = await at.connected({ ...client, clientAuthentication: taken }, { grantId: ids.code })
  const before = await at.held(id)
  await at.save(client)
  const failure = await at.grantdesk.call('connections.refresh', { id }).then(
    () => null,
    (error) => at.refusal(Promise.reject(error)),
  )
  const after = await at.held(id)
  if (failure) {
    expect(after).toEqual(before)
    expect((await at.view(id)).status).toMatchObject({ kind: 'needs_attention', failure })
    return { words: wordsOf(failure) }
  }
  expect(after.access).not.toBe(before.access)
  return { connectionId: id }
}

async function byItself(
  { at, client }: Going,
  grantId: string,
  login: Pick<ProcedureInput<'connect.start'>, 'username' | 'password'> = {},
): Promise<Outcome> {
  const attempt = await at.begin(client, { grantId, ...login })
  return outcomeOf(at, await at.grantdesk.settled(attempt.id))
}

/** Installed in the browser; the bot token then ends at the server, and is asked for anew by the installation's id. */
async function byInstallation({ at, client, ids }: Going): Promise<Outcome> {
  const { attempt, end } = await at.visit(client, { grantId: ids.installation })
  if (!end.redirect) return keptByServer(at, attempt, end.words)
  const outcome = await outcomeOf(at, await at.grantdesk.settled(attempt.id))
  if ('words' in outcome) return outcome
  const { id, baseUrl, expiresAt, workspace, refreshable } = await at.view(outcome.connectionId)
  expect({ refreshable, workspace: workspace?.name }).toEqual({ refreshable: true, workspace: 'Foreign Works' })
  const before = await at.token(id)
  const body = new URLSearchParams({ token: before })
  expect((await fetch(`${baseUrl}/end-token/`, { method: 'POST', body })).status).toBe(204)
  at.grantdesk.ports.time.now = (expiresAt ?? 0) + 1000
  expect(await at.token(id)).not.toBe(before)
  expect(at.wire.sent.filter(({ grantType }) => grantType !== null).map(({ grantType }) => grantType)).toEqual([
    'client_credentials',
    'client_credentials',
  ])
  return outcome
}

async function byDeviceCode({ at, client, ids }: Going): Promise<Outcome> {
  const attempt = await at.begin(client, { grantId: ids.device })
  if (attempt.state !== 'awaiting_device') return outcomeOf(at, await at.grantdesk.settled(attempt.id))
  await enterUserCode(attempt, 'allow', at.openSession())
  return outcomeOf(at, await ended(at, attempt))
}

async function outOfBand({ at, client, ids }: Going): Promise<Outcome> {
  const { attempt, end } = await at.visit({ ...client, redirect: { mode: 'out_of_band' } }, { grantId: ids.code })
  const shown = /<code[^>]*>([^<]+)<\/code>/.exec(end.page)?.[1]
  if (!shown) return keptByServer(at, attempt, end.words)
  await at.grantdesk.call('connect.answer', { id: attempt.id, text: shown })
  return outcomeOf(at, await at.grantdesk.settled(attempt.id))
}

/** The person enters the code on the server's page, on any device, and allows or denies. */
export async function enterUserCode(
  attempt: Attempt,
  decision: 'allow' | 'deny' = 'allow',
  visitor: Visitor = new WebSession(person),
): Promise<string> {
  if (attempt.state !== 'awaiting_device') throw new Error(attempt.state)
  const { words } = await visitor.visit(attempt.verificationUri, { userCode: attempt.userCode, decision })
  await visitor.close()
  return words
}

/** The attempt at its end; a device code is asked about seconds apart. */
export async function ended({ grantdesk }: InteropApp, { id }: Attempt): Promise<Attempt> {
  await until(() => !isUnderWay(grantdesk.attempt(id)), 'the attempt ends')
  return grantdesk.attempt(id)
}

async function outcomeOf(at: InteropApp, attempt: Attempt): Promise<Outcome> {
  if (attempt.state === 'done') return { connectionId: attempt.connectionId }
  if (attempt.state !== 'failed') throw new Error(`The attempt is ${attempt.state}`)
  expect((await at.grantdesk.call('app.snapshot', {})).connections).toEqual([])
  return { words: wordsOf(attempt.failure) }
}

/** The server shows a page of its own, and nothing comes back; what it says after its words is each time another. */
async function keptByServer(at: InteropApp, attempt: Attempt, words: string): Promise<Outcome> {
  await at.grantdesk.call('connect.cancel', { id: attempt.id })
  expect(await at.grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } })
  return { words: words.replace(/ state: .*/, '') }
}

function wordsOf(failure: Failure): string {
  if (failure.kind !== 'refused') return failure.message
  const { error, errorDescription, status } = failure
  return [error, errorDescription].filter(Boolean).join(': ') || `status ${status}`
}
