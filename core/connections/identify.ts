// Who am I: asks the API whose token it is, which workspace it reaches and which scopes it reports.
import type { Account, Workspace } from '../../contract/connection.ts'
import type { Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { apiAddress, fillPlaceholders } from '../services/addresses.ts'
import { pickList, pickText } from '../services/json-path.ts'
import { shownScopes } from './token-source.ts'

export interface Identity {
  account: Account | null
  workspace: Workspace | null
  reported: string[] | null
  /** The status of the last answer to “who am I” that was about the token; `null` where the API cannot be asked. */
  status: number | null
}

interface Question {
  service: Service
  baseUrl: string
  accessToken: Secret
  recording: Recording
  signal?: AbortSignal
  /** What the step of the first question is called in the flow. */
  title?: string
}

interface ApiAnswer {
  status: number
  json: unknown
}

/** The header that carries the token to a service's API. */
export function bearerHeader(service: Service, accessToken: Secret): [string, string] {
  return [service.bearer.header, `${service.bearer.prefix}${accessToken.reveal()}`]
}

async function ask(
  { service, baseUrl, accessToken, recording, signal }: Question,
  title: string,
  probe: { path: string; headers: Record<string, string> },
  workspace?: Workspace | null,
): Promise<ApiAnswer> {
  const values = { workspace_id: workspace?.id, slug: workspace?.slug }
  const url = apiAddress(fillPlaceholders(probe.path, values), baseUrl)
  const fetch = recording.fetch({ title, to: 'api', allowRedirects: false, signal })
  const headers = Object.fromEntries([
    ['Accept', 'application/json'],
    ...Object.entries(probe.headers),
    bearerHeader(service, accessToken),
  ])
  const response = await fetch(url, { headers, redirect: 'manual' })
  const text = await response.text()
  try {
    return { status: response.status, json: JSON.parse(text) }
  } catch {
    return { status: response.status, json: null }
  }
}

/** Names longer than this are no names; a server that quotes a secret as one does not get it on the screen. */
const longestName = 200

function shown(text: string | null, recording: Recording): string | null {
  return text === null ? null : recording.text(text).slice(0, longestName)
}

function readAccount(json: unknown, probe: Service['identity'][number], recording: Recording): Account | null {
  const read = (paths: string[]) => shown(pickText(json, paths), recording)
  const id = read(probe.accountId)
  const email = read(probe.accountEmail)
  const name = read(probe.accountName) ?? email ?? id
  return name ? { id, name, email, detail: read(probe.accountDetail) } : null
}

/**
 * Asks who the account is. An API that is silent or refuses yields nulls, not an error; only a broken connection throws.
 * @throws Problem `network`, `timed_out`, `cancelled`
 */
export async function identify(question: Question): Promise<Identity> {
  const identity: Identity = { account: null, workspace: null, reported: null, status: null }
  for (const probe of question.service.identity) {
    const { status, json } = await ask(question, question.title ?? 'Who am I?', probe)
    // A question that this edition of the API does not know says nothing about the token.
    if (status !== 404 || identity.status === null) identity.status = status
    if (status === 401) return identity
    if (status < 200 || status >= 300) continue
    identity.account = readAccount(json, probe, question.recording)
    identity.reported = shownScopes(pickList(json, probe.scopes), question.recording)
    break
  }
  identity.workspace = await findWorkspace(question)
  return identity
}

async function findWorkspace(question: Question): Promise<Workspace | null> {
  const probe = question.service.workspace
  if (!probe) return null
  const { status, json } = await ask(question, 'Which workspace?', probe)
  if (status < 200 || status >= 300) return null
  const read = (paths: string[]) => shown(pickText(json, paths), question.recording)
  const id = read(probe.workspaceId)
  const slug = read(probe.workspaceSlug)
  const name = read(probe.workspaceName) ?? slug ?? id
  return name ? { id, name, slug } : null
}

/** Like `identify`, for when tokens are already stored and nothing that happens here may undo that. */
export async function tryToIdentify(question: Question): Promise<Identity> {
  try {
    return await identify(question)
  } catch (error) {
    if (error instanceof Problem) return { account: null, workspace: null, reported: null, status: null }
    throw error
  }
}
