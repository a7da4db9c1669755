// A service's certificates: authorities that its description names or that the person added, and the person's client
// certificate. They are per service rather than per client, because a gateway asks for one before any client is known: for
// discovery, for API keys, for every request. Those of the person lie in the vault, apart from the description that is shared.
import type { CertificatesInput, ServiceCertificates } from '../../contract/certificates.ts'
import type { Service } from '../../contract/service.ts'
import { certificatesIn } from '../network/authorities.ts'
import { certificateFacts, checkAuthorities, readClientCertificate } from '../network/certificates.ts'
import type { ServiceTls } from '../network/service-tls.ts'
import { unlessDamaged } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { Records, ServiceCertificatesRecord } from '../records.ts'
import type { Vault } from '../vault/vault.ts'

export interface CertificateStore {
  load(): Promise<void>
  forget(): void
  /** What requests to a service need; `null` for nothing. The same object until it changes. */
  tlsOf(service: Service | undefined): ServiceTls | null
  /** The same without keys, for callers; `undefined` for nothing. */
  view(service: Service): ServiceCertificates | undefined
  /** Throws `vault_broken` where a part would be kept that is damaged, and `invalid_input` for what cannot be read or does not fit together. */
  save(input: CertificatesInput): Promise<void>
}

export function createCertificateStore(
  records: Pick<Records, 'list' | 'write'>,
  damageOf: Vault['damageOf'] = () => null,
): CertificateStore {
  const stored = new RecordCache<ServiceCertificatesRecord>()
  const made = new Map<
    string,
    { service: Service; record: ServiceCertificatesRecord | undefined; tls: ServiceTls | null }
  >()

  function tlsOf(service: Service | undefined): ServiceTls | null {
    if (service === undefined) return null
    const record = stored.get(service.id)
    const before = made.get(service.id)
    if (before?.service === service && before.record === record) return before.tls
    const authorities = certificatesIn(`${service.certificateAuthorities ?? ''}\n${record?.authorities ?? ''}`)
    const clientCertificate = record?.clientCertificate ?? null
    const tls = authorities.length === 0 && clientCertificate === null ? null : { authorities, clientCertificate }
    made.set(service.id, { service, record, tls })
    return tls
  }

  return {
    async load() {
      await stored.load(() => records.list('service_certificates'))
    },
    forget() {
      stored.clear()
      made.clear()
    },
    tlsOf,
    view(service) {
      if (tlsOf(service) === null) return undefined
      const record = stored.get(service.id)
      const from = (pem: string | undefined, who: 'description' | 'person') =>
        certificateFacts(pem ?? '').map((facts) => ({ ...facts, from: who }))
      return {
        authorities: [...from(service.certificateAuthorities, 'description'), ...from(record?.authorities, 'person')],
        clientCertificate: record?.clientCertificate?.facts ?? null,
      }
    },
    async save({ id, authorities, clientCertificate }) {
      if (authorities) checkAuthorities(authorities, 'authorities')
      const isWhole = authorities !== undefined && clientCertificate !== undefined
      if (!isWhole) unlessDamaged(damageOf('service_certificates', id))
      const before = stored.get(id) ?? { authorities: '', clientCertificate: null }
      const next: ServiceCertificatesRecord = {
        authorities: authorities === undefined ? before.authorities : certificatesIn(authorities ?? '').join('\n'),
        clientCertificate:
          clientCertificate === undefined
            ? before.clientCertificate
            : clientCertificate && readClientCertificate(clientCertificate),
      }
      const isEmpty = next.authorities === '' && next.clientCertificate === null
      if (isEmpty) {
        await records.write([{ remove: 'service_certificates', id }])
        stored.delete(id)
        return
      }
      await records.write([{ put: 'service_certificates', id, value: next }])
      stored.set(id, next)
    },
  }
}
