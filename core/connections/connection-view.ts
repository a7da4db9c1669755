// A connection as callers see it: its record with the service's and the client's names, without secrets.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Grant } from '../../contract/service.ts'
import { givenByServer } from '../api/api-headers.ts'
import { secrecyOf } from '../flows/secret-names.ts'
import type { ConnectionRecord } from '../records.ts'
import { apiPlaceOf } from '../services/addresses.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { Vault } from '../vault/vault.ts'
import type { RecordDamage } from '../vault/vault-damage.ts'
import type { ClientStore } from './client-store.ts'
import { placementOf } from './token-placement.ts'
import type { TransientState } from './transient-state.ts'

/** Whom the tokens act as, according to the grant and its inputs. */
function actsAs({ inputs, actsAs: always }: Grant, answers: Record<string, string>): string | null {
  const chosen = inputs.flatMap(({ id, actsAs }) => {
    const value = answers[id]
    return actsAs && value ? [actsAs.replaceAll('{value}', value)] : []
  })
  const words = always ? [always, ...chosen] : chosen
  return words.length > 0 ? words.join(', ') : null
}

/** Extra parameters may contain credentials: they are sent to the server, but not shown. */
function withoutSecrets(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => secrecyOf(name) === null))
}

type Damage = RecordDamage & { of: NonNullable<ConnectionView['damage']> }

/** The damaged record that keeps it from being used; its tokens first, without which nothing can be done. */
function damageFor(id: string, { clientId, serviceId }: ConnectionRecord, damageOf: Vault['damageOf']): Damage | null {
  const needed: [Damage['of'], string | null][] = [
    ['tokens', id],
    ['client', clientId],
    ['client_secret', clientId],
    ['service', serviceId],
  ]
  for (const [of, recordId] of needed) {
    const found = recordId === null ? null : damageOf(of, recordId)
    if (found) return { failure: found.failure, since: found.since, of }
  }
  return null
}

/** Must also work if the client or the service is missing, as in a damaged vault. */
export function viewConnection(
  id: string,
  record: ConnectionRecord,
  passing: TransientState,
  { services, clients, damageOf }: { services: ServiceRegistry; clients: ClientStore; damageOf: Vault['damageOf'] },
): ConnectionView {
  const { answers, outcomeUnknown: _, refreshing: __, revoking: ___, ...rest } = record
  const {
    parameters,
    tokenParameters,
    installation: ____,
    scopeChanges: _____,
    tokenPlace: ______,
    keptFromRedirect: _______,
    responseId: ________,
    ...profile
  } = rest
  const known = services.known(profile.serviceId)
  // The built-in service says nothing of an adjusted one whose description is damaged.
  const service = damageOf('service', profile.serviceId) ? undefined : known
  const grant = service?.grants.find((candidate) => candidate.id === profile.grantId)
  const revoked = profile.status.kind === 'revoked'
  const damage = revoked ? null : damageFor(id, record, damageOf)
  return {
    id,
    ...profile,
    ...(damage ? { status: { kind: 'needs_attention' as const, failure: damage.failure, since: damage.since } } : {}),
    damage: damage?.of ?? null,
    parameters: withoutSecrets(parameters),
    tokenParameters: withoutSecrets(tokenParameters),
    refreshable: profile.refreshable && !revoked && profile.status.kind !== 'revocation_accepted',
    actsAs: grant ? actsAs(grant, answers) : null,
    bearer: service ? placementOf(service, profile) : profile.bearer,
    serviceName: known?.name ?? profile.serviceId,
    clientName: profile.clientId ? clients.nameOf(profile.clientId) : null,
    grantName: known?.grants.find(({ id }) => id === profile.grantId)?.name ?? profile.grantId,
    apiRoot: (service && apiPlaceOf(service, profile.baseUrl, givenByServer(record))?.root) ?? profile.baseUrl,
    ...passing,
  }
}
