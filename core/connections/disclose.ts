// The only three operations that return a secret: reveal, copy, and the command line's token. Each writes an entry to the
// connection's history before it hands out the secret.
import type { Caller } from '../../contract/connection.ts'
import type { ParsedInput } from '../../contract/procedures.ts'
import { canBeRenewed } from '../../contract/renewal.ts'
import { curlCommand } from '../api/curl.ts'
import type { Clipboard } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { Secret } from '../secret.ts'
import type { Context } from './context.ts'
import type { Refresher } from './refresh.ts'
import { bearerHeader } from './token-placement.ts'
import { revokedProblem } from './token-source.ts'

/** Seconds until a copied secret is cleared from the clipboard. */
const clipboardSeconds = 60

/** `token` refreshes first if the access token expires within this time (ms). */
const tokenMargin = 60_000

export interface Disclosure {
  reveal(input: ParsedInput<'connections.reveal'>, caller: Caller): Promise<{ value: string }>
  copy(
    input: ParsedInput<'connections.copy'>,
    caller: Caller,
  ): Promise<{ text: string | null; clearsAfterSeconds: number }>
  token(id: string, caller: Caller): Promise<{ accessToken: string }>
}

const copied = { access_token: 'Access token copied', header: 'Authorization header copied', curl: 'Copied as curl' }

export function createDisclosure(context: Context, refresher: Refresher, clipboard: Clipboard | null): Disclosure {
  const { connections, services, history } = context

  /** An ended token is of no use to anyone; one that cannot be renewed is copied as it is. */
  async function renewIfEnded(id: string, caller: Caller): Promise<void> {
    const record = connections.record(id)
    const now = context.clock.now()
    const hasEnded = record.expiresAt !== null && record.expiresAt <= now
    if (hasEnded && record.status.kind === 'good' && canBeRenewed(record, now))
      await refresher.ensureFresh(id, 0, caller)
  }

  async function copyText({ id, what, request }: ParsedInput<'connections.copy'>, caller: Caller): Promise<string> {
    const revoked = connections.record(id).status.kind === 'revoked' ? revokedProblem(connections.record(id)) : null
    if (revoked) throw revoked
    await renewIfEnded(id, caller)
    const record = connections.record(id)
    const service = services.find(record.serviceId)
    const { accessToken } = await connections.tokens(id)
    if (what === 'access_token') return accessToken.reveal()
    const header = bearerHeader(service, record, accessToken)
    if (what === 'header') return header.join(': ')
    const first = service.identity[0]
    const asked = request ?? {
      method: first?.method ?? ('GET' as const),
      path: first?.path ?? record.testPath ?? '/',
      headers: Object.entries(first?.headers ?? {}),
      body: first?.body ?? '',
    }
    return curlCommand({ ...asked, service, record, bearer: header })
  }

  return {
    async reveal({ id, what }, caller) {
      const tokens = await connections.tokens(id)
      const secret = what === 'access_token' ? tokens.accessToken : tokens.refreshToken
      if (!secret) throw problem('not_found', 'This connection holds no refresh token.')
      const detail = what === 'access_token' ? 'Access token shown' : 'Refresh token shown'
      await history.add(id, { caller, operation: 'reveal', detail })
      return { value: secret.reveal() }
    },
    async copy(input, caller) {
      const text = await copyText(input, caller)
      await history.add(input.id, { caller, operation: 'copy', detail: copied[input.what] })
      // Tabs and commands may not share the host's clipboard, so they get the text.
      if (!clipboard || caller !== 'window') return { text, clearsAfterSeconds: clipboardSeconds }
      await clipboard.writeSecret(new Secret(text), clipboardSeconds)
      return { text: null, clearsAfterSeconds: clipboardSeconds }
    },
    async token(id, caller) {
      await refresher.ensureFresh(id, tokenMargin, caller)
      throwIfRefused(connections.record(id))
      const { accessToken } = await connections.tokens(id)
      await history.add(id, { caller, operation: 'token', detail: 'Access token handed out' })
      return { accessToken: accessToken.reveal() }
    },
  }
}

/** Does not hand out a token that the API has refused. */
function throwIfRefused({ status }: ConnectionRecord): void {
  const failure = status.kind === 'needs_attention' ? status.failure : null
  if (failure?.kind === 'refused' && failure.by === 'api') throw new Problem(failure)
}
