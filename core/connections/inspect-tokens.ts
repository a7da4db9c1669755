// What a connection's tokens say, whether the ID token fits still, and by whose keys they are signed.
import type { Signatures, TokenCheck, TokensInspection } from '../../contract/token-inspection.ts'
import { inFlow } from '../flows/in-flow.ts'
import { claimOutcomes, claimsIn } from '../oauth/id-token.ts'
import { fetchKeys } from '../oauth/issuer-keys.ts'
import { signatureOutcome } from '../oauth/jwt-signature.ts'
import { unexpected } from '../oauth/refusal.ts'
import { problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { expandBase } from '../services/endpoint-values.ts'
import type { Context } from './context.ts'
import { inspectToken } from './inspect-token.ts'
import { secretsOf } from './secrets-of.ts'

export interface TokenInspector {
  inspect(id: string): Promise<TokensInspection>
  /** In a flow of its own. Throws `not_supported` if the service names no keys, and Problem if they cannot be had. */
  verifySignatures(id: string): Promise<Signatures>
}

export function createTokenInspector(context: Context): TokenInspector {
  const { clock, connections, services, clients, flows } = context

  function idTokenChecks(idToken: Secret, { clientId, serviceId }: ConnectionRecord): TokenCheck[] {
    const claims = claimsIn(idToken.reveal())
    if (claims === null || clientId === null) return []
    const issuer = services.known(serviceId)?.issuer?.url ?? null
    // The nonce was compared when the token came, and is not kept.
    const expected = { issuer, clientId: clients.record(clientId).clientId, nonce: null, subject: null }
    return claimOutcomes(claims, expected, clock.now()).map(([which, outcome]) => toldCheck(which, outcome))
  }

  return {
    async inspect(id) {
      const { accessToken, idToken } = await connections.tokens(id)
      const record = connections.record(id)
      return {
        accessToken: inspectToken(accessToken.reveal()),
        idToken: idToken
          ? { inspection: inspectToken(idToken.reveal()), checks: idTokenChecks(idToken, record) }
          : null,
        hasKeys: services.known(record.serviceId)?.openid?.jwksUri !== undefined,
      }
    },
    async verifySignatures(id) {
      const { name, baseUrl, serviceId, clientId } = connections.record(id)
      const service = services.find(serviceId)
      if (!service.openid?.jwksUri) {
        throw problem('not_supported', `The description of ${service.name} does not say where its keys are.`)
      }
      const address = expandBase(service.openid.jwksUri, baseUrl)
      const { accessToken, idToken } = await connections.tokens(id)
      const clientSecret = clientId === null ? null : await clients.secret(clientId)
      const about = { connection: name, service: service.name, host: URL.parse(address)?.host ?? null }
      const hide = await secretsOf(context, id)
      const recording = flows.start({ kind: 'discover', about, serviceId, connectionId: id, hide })
      return inFlow(recording, async () => {
        const keys = await fetchKeys({ recording }, address)
        if (keys === null) throw noKeys(service.name)
        const verified = async (
          token: Secret | undefined,
          which: 'access_token_signature' | 'id_token_signature',
          secret: Secret | null,
        ) => {
          if (!token || inspectToken(token.reveal()).format === 'opaque') return null
          const outcome = await signatureOutcome(token.reveal(), { keys, clientSecret: secret })
          recording.check({ which, ...outcome })
          return toldCheck(which, outcome)
        }
        const value = {
          accessToken: await verified(accessToken, 'access_token_signature', null),
          idToken: await verified(idToken, 'id_token_signature', clientSecret),
        }
        const succeeded = Object.values(value).every((check) => check?.result !== 'failed')
        return { value, succeeded }
      })
    },
  }
}

function toldCheck(which: TokenCheck['which'], outcome: Partial<TokenCheck> & Pick<TokenCheck, 'result'>): TokenCheck {
  return { expected: null, found: null, reason: null, ...outcome, which }
}

function noKeys(service: string) {
  return unexpected(
    200,
    `What ${service} answers is no set of keys, so nothing was verified.`,
    'Check the address of the keys (openid.jwksUri) in the service’s description.',
  )
}
