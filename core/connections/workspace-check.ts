// Checks that a workspace that the person entered exists, with one of the service's ready-made requests. Rejects a workspace
// that the API does not know; accepts one that could not be checked, marked as unconfirmed.
import type { Workspace } from '../../contract/connection.ts'
import { fillPath, placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { placeholderValues } from '../api/api-headers.ts'
import { inFlow } from '../flows/in-flow.ts'
import { invalid, Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Context } from './context.ts'
import { askApi } from './identify.ts'
import { secretsOf } from './secrets-of.ts'

const unconfirmed = 'not confirmed by the API'

/** The workspace, marked if it could not be confirmed. Throws `invalid_input` if the API does not know it. */
export async function checkedWorkspace(context: Context, id: string, slug: string): Promise<Workspace> {
  const { connections, services, flows } = context
  const workspace = { id: null, name: slug, slug, detail: null }
  const record = { ...connections.record(id), workspace }
  const service = services.find(record.serviceId)
  const probe = questionAbout(service, record)
  if (!probe || record.status.kind === 'revoked') return { ...workspace, detail: unconfirmed }
  const { accessToken } = await connections.tokens(id)
  const recording = flows.start({
    kind: 'identify',
    about: { service: service.name, connection: record.name, workspace: slug },
    serviceId: service.id,
    connectionId: id,
    hide: await secretsOf(context, id),
  })
  recording.hide(accessToken, 'access_token')
  return inFlow(recording, async () => {
    const purpose = { kind: 'workspace_check' as const }
    const answer = await askApi({ service, record, accessToken, recording }, purpose, probe).catch(ifUnanswered)
    const facts = { which: 'workspace' as const, expected: slug }
    if (answer !== null && isUnknown(answer, record)) {
      recording.check({ ...facts, result: 'failed', reason: 'missing' })
      throw unknown(service, slug, answer.status)
    }
    const succeeded = answer !== null && answer.refusal === null
    const reason = answer === null ? 'not_answered' : 'undecided'
    recording.check({
      ...facts,
      ...(succeeded ? { found: slug, result: 'passed' } : { result: 'unconfirmed', reason }),
    })
    return { value: succeeded ? workspace : { ...workspace, detail: unconfirmed }, succeeded }
  })
}

/** The first ready-made request that needs only the slug. */
function questionAbout(service: Service, record: ConnectionRecord) {
  const values = placeholderValues(service, record)
  for (const { method, path, headers, body, unverified } of service.requests) {
    if (method !== 'GET' || unverified || !path.includes('{slug}')) continue
    if (placeholdersIn(fillPath(path, values)).length === 0) return { method, path, headers, body }
  }
  return null
}

/** A 403 may just mean a missing scope, except for the person's own key, which may do all that they may. */
function isUnknown({ status }: { status: number }, { grantType }: ConnectionRecord): boolean {
  return status === 404 || (status === 403 && grantType === 'static_token')
}

function unknown({ name }: Service, slug: string, status: number): Problem {
  const message = `${name} knows no workspace “${slug}” that this connection reaches (status ${status}).`
  return invalid('workspace', message, 'Copy the address of the workspace from the browser.')
}

function ifUnanswered(error: unknown): null {
  if (error instanceof Problem) return null
  throw error
}
