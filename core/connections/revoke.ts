// Revoking, verified: the refresh token first, then the access token, then the API is asked whether it still works.
import type { Caller, Revocation } from '../../contract/connection.ts'
import type { Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import { revokeToken } from '../oauth/revocation.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { expandBase } from '../services/addresses.ts'
import type { Context } from './context.ts'
import { isAccepted, isGood } from './identify.ts'
import { inFlow } from './in-flow.ts'
import { secretsOf } from './secrets-of.ts'
import { grantOf, tokenEndpointOf } from './token-source.ts'

export interface Revoker {
  revoke(id: string, caller: Caller): Promise<Revocation>
}

interface Attempt {
  /** What the server said to the revocation requests, where it refused one. */
  refusal: Problem | null
}

function endsInWords(works: boolean | null, refusal: Problem | null, expiresAt: number | null): string {
  if (works === false) return 'The API refuses the access token now.'
  const accepted = refusal
    ? `The service refused: ${refusal.message.replace(/\.$/, '')}`
    : 'The service accepted the revocation'
  const but = refusal ? '; ' : ', but '
  if (works === null) return `${accepted}${but}whether the token still works could not be verified.`
  const until = expiresAt === null ? 'and no expiry is known' : `until ${new Date(expiresAt).toISOString()}`
  return `${accepted}${but}the access token still works, ${until}.`
}

export function createRevoker(context: Context): Revoker {
  const { clock, services, clients, connections, flows, history, acts } = context

  async function send(
    record: ConnectionRecord & { clientId: string },
    service: Service,
    tokens: TokensRecord,
    recording: Recording,
  ): Promise<Attempt> {
    const clientSecret = await clients.secret(record.clientId)
    const client = clients.record(record.clientId)
    const grant = grantOf(service, record.grantId)
    const attempt: Attempt = { refusal: null }
    for (const hint of ['refresh_token', 'access_token'] as const) {
      const token = hint === 'refresh_token' ? tokens.refreshToken : tokens.accessToken
      if (!token) continue
      const title = hint === 'refresh_token' ? 'Revoke the refresh token' : 'Revoke the access token'
      const at = tokenEndpointOf(
        { service, grant, client, clientSecret, recording, title },
        service.revocation.clientAuthentication,
      )
      try {
        await revokeToken(at, { token, hint, encoding: service.revocation.encoding })
      } catch (error) {
        attempt.refusal = refusalIn(error)
      }
    }
    return attempt
  }

  /** `true` while the access token works, `false` when it is refused, `null` when the API cannot tell. */
  async function verify(record: ConnectionRecord, service: Service, tokens: TokensRecord, recording: Recording) {
    const title = 'Does the access token still work?'
    const status = await isAccepted({ service, record, accessToken: tokens.accessToken, recording, title })
    if (status === null) return null
    if (isGood(status)) return true
    // Some APIs answer 403 to a dead token; it counts where the same question was answered before.
    const refused = status === 401 || (status === 403 && record.account !== null)
    const question = recording.flow().steps.at(-1)
    if (refused && question) {
      // Here the refusal is the good answer.
      recording.endStep(question.id, { outcome: 'succeeded', note: 'The API refuses the token: it is revoked.' })
    }
    return refused ? false : null
  }

  async function attempt(id: string, recording: Recording): Promise<Revocation> {
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
    const { refusal } = await send({ ...record, clientId }, service, tokens, recording)
    const works = await verify(record, service, tokens, recording)
    const safe = refusal ? new Problem(recording.redact(refusal.failure)) : null
    const words = endsInWords(works, safe, record.expiresAt)
    if (works === false) return { ...base, outcome: 'revoked', words }
    if (works === null) return { ...base, outcome: 'unverified', words }
    return { ...base, outcome: 'still_works', worksUntil: record.expiresAt, words }
  }

  async function run(id: string, caller: Caller): Promise<Revocation> {
    const { name, serviceId } = connections.record(id)
    const hide = await secretsOf(context, id)
    const recording = flows.start({ kind: 'revoke', title: `Revoke ${name}`, serviceId, connectionId: id, hide })
    connections.setBusy(id, 'revoking')
    try {
      const revocation = await inFlow(recording, async () => {
        const value = await attempt(id, recording)
        return { value, succeeded: value.outcome === 'revoked' || value.outcome === 'unverified' }
      })
      const ended = revocation.outcome === 'revoked'
      await connections.update(id, { revoking: null, ...(ended ? { standing: { kind: 'revoked', revocation } } : {}) })
      const outcome = ended ? 'done' : 'failed'
      await history.add(id, { caller, act: 'revoke', outcome, detail: revocation.words, flowId: recording.id })
      return revocation
    } catch (error) {
      // The marker may stay: it only makes the next start say that the tokens may be revoked.
      await connections.update(id, { revoking: null }).catch(() => undefined)
      const failure = error instanceof Problem ? error.failure : null
      const detail = failure?.message ?? 'Failed'
      await history.addFailure(id, { caller, act: 'revoke', detail, flowId: recording.id })
      if (failure?.kind !== 'network' && failure?.kind !== 'timed_out') throw error
      const words = `${failure.message} Whether anything was revoked is not known; try again.`
      return { at: clock.now(), outcome: 'offline', worksUntil: null, page: null, words }
    } finally {
      connections.setBusy(id, null)
    }
  }

  return { revoke: (id, caller) => acts.onTokens(id, () => run(id, caller)) }
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

/** The server's answer, after which asking the API is still worth it; whatever is no answer is thrown on. */
function refusalIn(error: unknown): Problem {
  if (!(error instanceof Problem)) throw error
  const { kind } = error.failure
  if (kind !== 'refused' && kind !== 'unexpected_answer') throw error
  return error
}
