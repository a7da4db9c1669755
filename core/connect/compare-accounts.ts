// What the API says about new tokens: as changes to the connection that has them, as its name, and compared with the connection
// that is to be reconnected.
import type { Service } from '../../contract/service.ts'
import { isSameAccount } from '../connections/account.ts'
import { answerOf, type Identity } from '../connections/identify.ts'
import { checkIdentity } from '../connections/identity-checks.ts'
import { scopesChanged } from '../connections/scope-record.ts'
import type { ConnectionRecord } from '../records.ts'
import type { AttemptContext } from './grants/attempt-context.ts'

/** The name for a connection with this account, unless the person chose one; `null` to keep the provisional one. */
export function nameFrom(
  { input, service }: Pick<AttemptContext, 'input' | 'service'>,
  { account, workspace }: Pick<Identity, 'account' | 'workspace'>,
): string | null {
  if (input.name || !account) return null
  return `${account.name} · ${workspace ? workspace.name : service.name}`
}

/** What the API said, as changes to a record. */
export function changesFrom(
  record: ConnectionRecord,
  service: Service,
  identity: Identity,
  now: number,
): Partial<ConnectionRecord> {
  const { account, workspace, workspaces, reported, expiresIn, status, refusal } = identity
  return {
    ...(status === 401 && refusal ? { status: { kind: 'needs_attention', since: now, failure: refusal } } : {}),
    account,
    ...(identity.introspection ? { introspection: identity.introspection } : {}),
    apiAnswer: answerOf(service, identity, now),
    workspace,
    workspaces,
    ...scopesChanged(record, 'connect', { ...record.scopes, reported }, now),
    ...(record.expiresAt === null && expiresIn !== null ? { expiresAt: now + expiresIn * 1000 } : {}),
    ...(status === null ? {} : { lastUsedAt: now }),
  }
}

/** Whether the new tokens are for the same account at the same base URL; an unknown account does not count as the same. */
export function belongsTo(
  record: Pick<ConnectionRecord, 'serviceId' | 'baseUrl' | 'account'>,
  { service, baseUrl }: { service: Pick<Service, 'id'>; baseUrl: string },
  { account, status }: Pick<Identity, 'account' | 'status'>,
): boolean {
  if (record.serviceId !== service.id || record.baseUrl !== baseUrl) return false
  // No account known before: accept them unless the API refuses the new tokens.
  if (record.account === null) return status !== 401
  return account !== null && isSameAccount(record.account, account)
}

/** Records in the flow how what the API said compares with the granted scopes and the reconnected connection. */
export function checkAgainst(
  before: ConnectionRecord | null,
  { service, recording }: Pick<AttemptContext, 'service' | 'recording'>,
  record: ConnectionRecord,
  identity: Identity,
): void {
  if (!canBeAsked(service, record) && identity.account === null) return
  const { account = null, workspace = null } = before ?? {}
  const scopes = record.scopes.granted ?? record.scopes.requested
  checkIdentity(recording, identity, { account, workspace, scopes })
}

/** Whether the API was asked about the token and did not answer. */
export function wasNotAnswered({ status }: Identity, service: Service, record: ConnectionRecord): boolean {
  return status === null && canBeAsked(service, record)
}

/** Whether there is an API request to check the token with. */
function canBeAsked({ identity }: Service, { testPath }: ConnectionRecord): boolean {
  return identity.length > 0 || Boolean(testPath)
}
