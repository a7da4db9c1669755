// Revoking, verified: the refresh token first, then the access token, then the API is asked whether it still works.
import type { Caller, Revocation } from '../../contract/connection.ts'
import type { Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { expandBase } from '../services/addresses.ts'
import { inWordsOf } from './cancelled.ts'
import type { Context } from './context.ts'
import { isAccepted, isGood } from './identify.ts'
import { inFlow } from './in-flow.ts'
import { isUnanswered, type Requested, requestOtherwise, requestRevocations } from './revocation-requests.ts'
import { secretsOf } from './secrets-of.ts'
import { grantOf, type Source } from './token-source.ts'

export interface Revoker {
  revoke(id: string, caller: Caller): Promise<Revocation>
}

type Sent = Pick<Requested, 'accepted' | 'lost'> & { refusal: Problem | null }

function endsInWords(
  { accepted: { length: count }, refusal, lost }: Sent,
  works: boolean | null,
  expiresAt: number | null,
) {
  if (works === false) return 'The API refuses the access token now.'
  const trouble = lost ?? refusal
  const what = trouble === null ? '' : trouble.message.replace(/\.$/, '')
  const accepted = lost
    ? `${count > 0 ? 'The service accepted a part of the revocation only' : 'No answer came to the revocation'} (${what})`
    : refusal
      ? `The service ${refusal.failure.kind === 'refused' ? 'refused' : 'did not take the revocation'}: ${what}`
      : 'The service accepted the revocation'
  const but = refusal && !lost ? '; ' : ', but '
  if (works === null) return `${accepted}${but}whether the token still works could not be verified.`
  const until = expiresAt === null ? 'and no expiry is known' : `until ${new Date(expiresAt).toISOString()}`
  return `${accepted}${but}the access token still works, ${until}.`
}

/** What the requests and the question afterwards come to. */
function outcomeOf(sent: Sent, works: boolean | null, expiresAt: number | null): Partial<Revocation> & Outcome {
  const words = endsInWords(sent, works, expiresAt)
  if (works === false) return { outcome: 'revoked', words }
  if (works) return { outcome: 'still_works', worksUntil: expiresAt, words }
  return sent.lost ? { outcome: 'offline', words: `${words} Try again.` } : { outcome: 'unverified', words }
}

type Outcome = Pick<Revocation, 'outcome' | 'words'>

export function createRevoker(context: Context): Revoker {
  const { clock, services, clients, connections, flows, history, operations } = context

  async function sourceOf(
    record: ConnectionRecord & { clientId: string },
    service: Service,
    recording: Recording,
    retryPolicy: RetryPolicy,
  ): Promise<Omit<Source, 'title'>> {
    const clientSecret = await clients.secret(record.clientId)
    const client = clients.record(record.clientId)
    const grant = grantOf(service, record.grantId)
    // A token may be revoked twice (RFC 7009 §2.2): what was perhaps done already is asked for again.
    return { service, grant, client, clientSecret, recording, retryPolicy, repeatable: 'always' }
  }

  /** `true` while the access token works, `false` when it is refused, `null` when the API cannot tell. */
  async function verify(
    record: ConnectionRecord,
    service: Service,
    { accessToken }: TokensRecord,
    recording: Recording,
    retryPolicy: RetryPolicy,
  ) {
    const title = 'Does the access token still work?'
    const question = { service, record, accessToken, recording, retryPolicy, title }
    const status = await isAccepted(question).catch((error: unknown) => {
      // What the service accepted stays accepted, also where the API cannot be asked.
      if (isUnanswered(error)) return null
      throw error
    })
    if (status === null) return null
    if (isGood(status)) return true
    // Some APIs answer 403 to a dead token; it counts where the same question was answered before.
    const refused = status === 401 || (status === 403 && record.account !== null)
    const asked = recording.flow().steps.at(-1)
    if (refused && asked) {
      // Here the refusal is the good answer.
      recording.endStep(asked.id, { outcome: 'succeeded', note: 'The API refuses the token: it is revoked.' })
    }
    return refused ? false : null
  }

  async function attempt(id: string, recording: Recording, retryPolicy: RetryPolicy): Promise<Revocation> {
    const record = connections.record(id)
    const { clientId } = record
    const service = services.find(record.serviceId)
    const tokens = await connections.tokens(id)
    const page = pageOf(service, record)
    const base = { at: clock.now(), worksUntil: null, page }
    if (!service.endpoints.revocation || clientId === null) {
      const words = notOffered(service, record, page)
      recording.note({ from: 'grantdesk', to: 'authorization_server', title: 'No revocation endpoint', note: words })
      return { ...base, outcome: 'not_offered', words }
    }
    // Written down before it is sent: a host that stops now must not call the connection good on its next start.
    await connections.update(id, { revoking: { since: clock.now() } })
    const source = await sourceOf({ ...record, clientId }, service, recording, retryPolicy)
    const sent = await requestRevocations(source, tokens)
    const mayHaveRevoked = sent.accepted.length > 0 || retryPolicy.unanswered
    if (sent.lost && !mayHaveRevoked) throw inWordsOf('revoke', sent.lost, false)
    const leftOpen = () => connections.update(id, { unsettled: { since: clock.now(), act: 'revoke' } })
    const ask = () =>
      verify(record, service, tokens, recording, retryPolicy).catch(async (error: unknown) => {
        if (mayHaveRevoked) await leftOpen()
        throw inWordsOf('revoke', error, mayHaveRevoked)
      })
    let works = await ask()
    if (works && sent.oneWay.length > 0) {
      await requestOtherwise(source, tokens, sent.oneWay)
      works = await ask()
    }
    if (works !== false && mayHaveRevoked) await leftOpen()
    const refusal = [...sent.refused.values()].at(-1)
    const safe = refusal ? new Problem(recording.redact(refusal.failure)) : null
    return { ...base, ...outcomeOf({ ...sent, refusal: safe }, works, record.expiresAt) }
  }

  async function run(id: string, caller: Caller): Promise<Revocation> {
    const { name, serviceId } = connections.record(id)
    const hide = await secretsOf(context, id)
    const recording = flows.start({ kind: 'revoke', title: `Revoke ${name}`, serviceId, connectionId: id, hide })
    // From the moment on that it is shown as under way it can be cancelled.
    const retryPolicy = context.retryPolicyFor(id, recording)
    connections.setBusy(id, 'revoking')
    try {
      const revocation = await inFlow(recording, async () => {
        const value = await attempt(id, recording, retryPolicy)
        return { value, succeeded: value.outcome === 'revoked' || value.outcome === 'unverified' }
      })
      const ended = revocation.outcome === 'revoked'
      await connections.update(id, { revoking: null, ...(ended ? { standing: { kind: 'revoked', revocation } } : {}) })
      const outcome = ended ? 'done' : 'failed'
      await history.note(id, { caller, act: 'revoke', outcome, detail: revocation.words, flowId: recording.id })
      return revocation
    } catch (error) {
      // The marker may stay: it only makes the next start say that the tokens may be revoked.
      await connections.update(id, { revoking: null }).catch(() => undefined)
      const failure = error instanceof Problem ? error.failure : null
      const detail = failure?.message ?? 'Failed'
      await history.addFailure(id, { caller, act: 'revoke', detail, flowId: recording.id })
      if (failure?.kind !== 'network' && failure?.kind !== 'timed_out') throw error
      const words = `${failure.message} Nothing was revoked; try again.`
      return { at: clock.now(), outcome: 'offline', worksUntil: null, page: null, words }
    } finally {
      connections.setBusy(id, null)
    }
  }

  return { revoke: (id, caller) => operations.onTokens(id, () => run(id, caller)) }
}

/** Where the person can end it: where a static token was made, or where the service lists its grants. */
function pageOf(service: Service, { grantId, grantType, baseUrl }: ConnectionRecord): string | null {
  const made = grantType === 'static_token' ? service.grants.find(({ id }) => id === grantId)?.page : undefined
  const template = made ?? service.grantsPage
  return template ? expandBase(template, baseUrl) : null
}

function notOffered({ name, grants }: Service, { grantId, grantType }: ConnectionRecord, page: string | null): string {
  if (grantType === 'static_token') {
    const what = grants.find(({ id }) => id === grantId)?.name.toLowerCase() ?? 'token'
    return `Only ${name} itself can end this ${what}: remove it there, where it was made.`
  }
  if (page) return `${name} offers no revocation endpoint. Revoke the grant on the service’s own page.`
  return `${name} offers no revocation endpoint, and no page for it is known: look in your account there for authorized applications, or ask whoever runs it.`
}
