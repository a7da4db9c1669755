// "Who am I": asks the API whose token it is, which workspaces it can access, and what it may do.
import type { ApiAnswer } from '../../contract/api-answer.ts'
import type { Account, Workspace } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Purpose } from '../../contract/flow/exchange.ts'
import type { Introspection } from '../../contract/introspection.ts'
import { fillHeader, fillPath, placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { apiHeaders, givenByServer, mergeHeaders, placeholderValues } from '../api/api-headers.ts'
import { apiRefusal } from '../api/api-refusal.ts'
import type { Recording } from '../flows/recording.ts'
import type { Exchange } from '../flows/recording-fetch.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { isObject, parseJson, pickItems, pickList, pickText, valueAt, wordsOf } from '../json-path.ts'
import { lifetimeIn } from '../oauth/token-lifetime.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { apiAddress } from '../services/addresses.ts'
import { checkSubject, OtherSubject } from './id-token-account.ts'
import { accountOf, type Introspect, introspectionFrom } from './introspect.ts'
import { bearerHeader } from './token-placement.ts'
import { shownScopes } from './token-source.ts'

export interface Identity {
  account: Account | null
  /** All workspaces that the token can access; empty if the API does not say. */
  workspaces: Workspace[]
  /** The selected one: the previous one, the API's own choice, or the only one. */
  workspace: Workspace | null
  reported: string[] | null
  /** The access token's remaining lifetime in seconds, if the server was asked. */
  expiresIn: number | null
  /** What the authorization server said of the access token, if it was asked and answered. */
  introspection: Introspection | null
  /** The status of the last “who am I” response that was about the token; `null` if the API cannot be asked. */
  status: number | null
  /** Why it was not successful, in the API's own words and without this flow's secrets. */
  refusal: Failure | null
}

export interface Question {
  service: Service
  record: ConnectionRecord
  accessToken: Secret
  recording: Recording
  signal?: AbortSignal
  /** Absent to send each request once. */
  retryPolicy?: RetryPolicy
  /** Absent or `null` where the server cannot be asked about the token. */
  introspect?: Introspect | null
  /** The ID token's subject, if there is one. */
  subject?: string | null
  /** The purpose of the first request, if it is not to identify the account. */
  purpose?: Purpose
}

interface Answered {
  status: number
  headers: Headers
  json: unknown
  refusal: Failure | null
  exchange: Exchange
}

const silent: Identity = {
  account: null,
  workspaces: [],
  workspace: null,
  reported: null,
  expiresIn: null,
  introspection: null,
  status: null,
  refusal: null,
}

type Probe = Pick<Service['identity'][number], 'method' | 'path' | 'headers' | 'body'>

/** Sends one request; returns refusals, too. Throws Problem if there is no response. */
export async function askApi(question: Question, purpose: Purpose, probe: Probe): Promise<Answered> {
  const { service, record, accessToken, recording, signal, retryPolicy } = question
  const values = placeholderValues(service, record)
  const url = apiAddress(fillPath(probe.path, values), record.baseUrl, service, givenByServer(record))
  const exchange = recording.exchange({ purpose, to: 'api', allowRedirects: false, signal })
  // These requests change nothing and can be repeated, even if a service uses POST.
  const fetch = retryPolicy ? retryPolicy.over(exchange.fetch, 'always') : exchange.fetch
  const own = Object.entries(probe.headers).map(([name, value]): [string, string] => [name, fillHeader(value, values)])
  const headers = mergeHeaders(
    [['Accept', 'application/json']],
    [...mergeHeaders(apiHeaders(service, record), own), bearerHeader(service, record, accessToken)],
  )
  const body = probe.method === 'POST' ? probe.body : undefined
  const response = await fetch(url, { method: probe.method, headers, body, redirect: 'manual' })
  const text = await response.text()
  const { status, headers: answered } = response
  const json = isGood(status) ? (parseJson(text) ?? null) : null
  if (isGood(status) && !isRejection(json)) return { status, headers: answered, json, refusal: null, exchange }
  const refused = apiRefusal(response, text, {
    name: service.name,
    secrets: [accessToken],
    now: recording.now(),
  })
  return { status, headers: answered, json: null, refusal: recording.redact(refused), exchange }
}

/** Some APIs answer 200 with an error in the body. */
function isRejection(json: unknown): boolean {
  return isObject(json) && json.ok === false && typeof json.error === 'string'
}

/** Longer texts are not names; together with redaction this keeps secrets in a name off the screen. */
const longestName = 200
/** Nobody chooses from a longer list of workspaces. */
const mostWorkspaces = 200

function reader(json: unknown, recording: Recording) {
  return (paths: string[]): string | null => {
    const text = pickText(json, paths)
    return text === null ? null : recording.text(text).slice(0, longestName)
  }
}

function readAccount(json: unknown, probe: Service['identity'][number], recording: Recording): Account | null {
  const read = reader(json, recording)
  const id = read(probe.accountId)
  const email = read(probe.accountEmail)
  const name = read(probe.accountName) ?? email ?? id
  return name ? { id, name, email, detail: read(probe.accountDetail) } : null
}

/** Whether the status says that the API accepted the token. */
export function isGood(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300
}

interface IdentityAnswer {
  status: number | null
  refusal: Failure | null
  /** The exchange that got this answer. */
  exchange: Exchange | null
  /** The successful response and its probe, if any. */
  answered: { json: unknown; headers: Headers; probe: Service['identity'][number] } | null
}

/** Tries each probe until one answers, or the token is refused. */
async function fetchIdentity(question: Question): Promise<IdentityAnswer> {
  let last: Omit<IdentityAnswer, 'answered'> = { status: null, refusal: null, exchange: null }
  for (const probe of questionsOf(question)) {
    const usual = {
      kind: questionKind(question.service) === 'account' ? ('identify' as const) : ('test_path' as const),
    }
    const { status, headers, json, refusal, exchange } = await askApi(question, question.purpose ?? usual, probe)
    // An endpoint that this version of the API lacks says nothing about the token.
    if (status !== 404 || last.status === null) last = { status, refusal, exchange }
    if (isGood(status)) return { status, refusal, exchange, answered: { json, headers, probe } }
    if (status === 401) break
  }
  return { ...last, answered: null }
}

/**
 * Asks who the account is. If the API does not say or refuses, returns nulls and the refusal; throws only if there is no
 * response.
 * @throws Problem `network`, `timed_out`, `cancelled`; OtherSubject
 */
export async function identify(question: Question): Promise<Identity> {
  const { status, refusal, answered } = await fetchIdentity(question)
  if (status === 401) return { ...silent, status, refusal }
  if (answered) checkSubject(answered, { ...question, subject: question.subject ?? null })
  const account = answered ? readAccount(answered.json, answered.probe, question.recording) : null
  const listed = answered ? reportedScopes(answered) : null
  const workspaces = await findWorkspaces(question)
  const info = await readTokenInfo(question, shownScopes(listed, question.recording))
  return introspected(question, { account, status, refusal, ...workspaces, ...info, introspection: null })
}

/** Adds what only the authorization server says: scopes, the end, and the account where nothing else names it. */
async function introspected(question: Question, identity: Identity): Promise<Identity> {
  const { service, accessToken, recording, introspect } = question
  const answer = introspect ? await introspect(accessToken, 'access_token') : null
  if (answer === null) return identity
  const introspection = introspectionFrom(answer, recording)
  const { active, scopes, expiresAt } = introspection
  if (!active) return { ...identity, introspection }
  const left = expiresAt === null ? null : Math.max(0, expiresAt - recording.now()) / 1000
  return {
    ...identity,
    introspection,
    account: identity.account ?? (service.identity.length === 0 ? accountOf(introspection) : null),
    reported: identity.reported ?? scopes,
    expiresIn: identity.expiresIn ?? left,
  }
}

function reportedScopes({ json, headers, probe }: NonNullable<IdentityAnswer['answered']>): string[] | null {
  const inHeader = probe.scopesHeader === undefined ? null : headers.get(probe.scopesHeader)
  return pickList(json, probe.scopes) ?? (inHeader === null ? null : wordsOf(inHeader))
}

/** Only checks whether the token works; does not ask about workspaces. */
export async function isAccepted(question: Question): Promise<Pick<IdentityAnswer, 'status' | 'exchange'>> {
  const { status, exchange } = await fetchIdentity(question)
  return { status, exchange }
}

/** Whether a service can identify the account, or the person's test path is used instead. */
function questionKind({ identity }: Service): ApiAnswer['of'] {
  return identity.length > 0 ? 'account' : 'test_path'
}

/** What to store of the API's answer at `now` (ms). */
export function answerOf(service: Service, { status, refusal }: Identity, now: number): ApiAnswer | null {
  return status === null ? null : { at: now, of: questionKind(service), status, why: refusal?.message ?? null }
}

/** Without identity probes, the person's test path is used, which says nothing about the account. */
function questionsOf({ service, record }: Question): Service['identity'] {
  if (service.identity.length > 0 || !record.testPath) return service.identity
  const nothing = { accountId: [], accountName: [], accountEmail: [], accountDetail: [], scopes: [] }
  return [{ method: 'GET', path: record.testPath, headers: {}, body: '', ...nothing }]
}

async function findWorkspaces(question: Question): Promise<Pick<Identity, 'workspaces' | 'workspace'>> {
  const { service, record, recording } = question
  const values = placeholderValues(service, record)
  for (const probe of service.workspaces) {
    if (placeholdersIn(fillPath(probe.path, values)).length > 0) continue
    const { status, json } = await askApi(question, { kind: 'workspaces' }, probe)
    if (!isGood(status)) continue
    const workspaces = pickItems(json, probe.items)
      .slice(0, mostWorkspaces)
      .flatMap((item) => readWorkspace(item, probe, recording) ?? [])
    if (workspaces.length === 0) continue
    // Compared with ids that were redacted, too.
    const preferred = reader(json, recording)(probe.preferred)
    return { workspaces, workspace: chosenAmong(workspaces, record.workspace, preferred) }
  }
  return { workspaces: [], workspace: null }
}

function readWorkspace(
  item: unknown,
  probe: Service['workspaces'][number],
  recording: Recording,
): Workspace | undefined {
  const read = reader(item, recording)
  const id = read(probe.workspaceId)
  const slug = read(probe.workspaceSlug)
  const name = read(probe.workspaceName) ?? slug ?? id
  const facts = Object.entries(probe.workspaceFacts).map(([fact, paths]) => {
    const value = read(paths)
    return value && `${fact} ${value}`
  })
  const detail = [read(probe.workspaceDetail), ...facts].filter(Boolean).join(' · ')
  return name ? { id, name, slug, detail: detail || null } : undefined
}

/** Of several, prefers the person's choice, then the API's; otherwise the person has to choose. */
function chosenAmong(workspaces: Workspace[], before: Workspace | null, preferred: string | null): Workspace | null {
  const byId = (id: string | null) => (id === null ? undefined : workspaces.find((one) => one.id === id))
  // A workspace that the person entered has no id.
  const named = before !== null && before.id === null ? workspaces.find(({ slug }) => slug === before.slug) : undefined
  return (
    byId(before?.id ?? null) ?? named ?? byId(preferred) ?? (workspaces.length === 1 ? (workspaces[0] ?? null) : null)
  )
}

/** The authorization server's information about the token; not for static tokens. */
async function readTokenInfo(
  question: Question,
  reported: string[] | null,
): Promise<Pick<Identity, 'reported' | 'expiresIn'>> {
  const { service, record, recording } = question
  const info = service.tokenInfo
  if (!info || record.grantType === 'static_token') return { reported, expiresIn: null }
  const probe: Probe = { method: 'GET', path: info.path, headers: {}, body: '' }
  const { status, json } = await askApi(question, { kind: 'token_info' }, probe)
  if (!isGood(status)) return { reported, expiresIn: null }
  const values = info.expiresIn.map((path) => valueAt(json, path))
  return {
    reported: shownScopes(pickList(json, info.scopes), recording) ?? reported,
    expiresIn: lifetimeIn(values, recording.now()),
  }
}

/** Like `identify`, but throws no Problem but OtherSubject: tokens are stored already, and only that undoes it. */
export async function tryToIdentify(question: Question): Promise<Identity> {
  try {
    return await identify(question)
  } catch (error) {
    if (error instanceof Problem && !(error instanceof OtherSubject)) return { ...silent }
    throw error
  }
}
