// The available services: built-in ones, presets, and those that the person imported or adjusted, which are stored in the
// vault. Asks before stored secrets would be sent elsewhere, or a built-in service would be replaced.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ServiceCertificates } from '../../contract/certificates.ts'
import type { Service, ServiceView } from '../../contract/service.ts'
import { certificateFacts, checkAuthorities } from '../network/certificates.ts'
import { keptPlaces } from '../oauth/kept-values.ts'
import { Problem, problem, unlessDamaged } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { Records } from '../records.ts'
import type { Vault } from '../vault/vault.ts'
import { catalogue, isShipped, presets, shippedOrigin, shippedService } from './catalogue.ts'
import { parseDescription, writeDescription } from './description.ts'
import { expandBase } from './endpoint-values.ts'

export interface ServiceRegistry {
  list(): ServiceView[]
  /** Sends the list to callers: what they see of a service besides its description has changed. */
  sendList(): void
  /** Throws `not_found`. */
  view(id: string): ServiceView
  /** Throws `not_found`. */
  find(id: string): Service
  /** `undefined` where there is none of this id. */
  known(id: string): Service | undefined
  load(): Promise<void>
  forget(): void
  /**
   * Throws `conflict` for what needs `replace`, with a description of the change. `edited`: the person edited their own service
   * with this id.
   */
  import(input: { text: string; replace?: boolean; edited?: boolean }): Promise<ServiceView>
  /** The text and name of a description file. */
  export(id: string): { text: string; fileName: string }
  /** An adjusted service becomes the built-in one again. */
  remove(id: string): Promise<void>
}

/** The templates that decide where secrets are sent. */
function destinations(service: Service): Record<string, string | null | undefined> {
  const { base, endpoints, certificateAuthorities } = service
  const { origins, ...addresses } = endpoints
  return {
    ...addresses,
    base: base.default,
    template: base.template,
    endpointOrigins: origins?.join(' '),
    API: apiOrigins(service),
    authorities: authorityNames(certificateAuthorities),
  }
}

/** With the places of the kept values that origins are made of. */
function apiOrigins({ api, tokenResponse }: Service): string | undefined {
  const origins = api?.origins.join(' ')
  const places = keptPlaces(tokenResponse?.keep ?? [])
    .filter(([name, paths]) => origins?.includes(`{${name}}`) && paths.join() !== name)
    .map(([name, paths]) => ` ({${name}}: ${paths.join(', ')})`)
  return origins && origins + places.join('')
}

/** Their holders can stand in for the service. */
function authorityNames(pem: string | undefined): string | null {
  const names = certificateFacts(pem ?? '').map(({ subject }) => subject)
  return names.length === 0
    ? null
    : `${names.join('; ')} (${createHash('sha256')
        .update(pem ?? '')
        .digest('hex')
        .slice(0, 8)})`
}

/** What would be sent elsewhere, in words; empty if nothing. */
function moves(known: Service, service: Service): string {
  const [before, after] = [destinations(known), destinations(service)]
  const names = Object.keys({ ...before, ...after }).filter((name) => (before[name] ?? null) !== (after[name] ?? null))
  const shown = (template: string | null | undefined) =>
    template ? expandBase(template, service.base.default ?? '…') : 'none'
  return names.map((name) => `${name}: ${shown(before[name])} → ${shown(after[name])}`).join(', ')
}

/** Whether two descriptions are the same except for the reference to the schema. */
function saysTheSame(one: Service, other: Service): boolean {
  return isDeepStrictEqual({ ...one, $schema: undefined }, { ...other, $schema: undefined })
}

/**
 * `inUse`: whether a service has stored clients or connections, whose secrets are sent where it says; `damageOf`: why its stored
 * description cannot be used.
 */
export function createServiceRegistry(
  records: Records,
  onChange: (services: ServiceView[]) => void,
  inUse: (serviceId: string) => boolean,
  damageOf: Vault['damageOf'] = () => null,
  certificatesOf: (service: Service) => ServiceCertificates | undefined = () => undefined,
): ServiceRegistry {
  const imported = new RecordCache<Service>()

  function view(service: Service): ServiceView {
    const certificates = certificatesOf(service)
    const known = certificates ? { ...service, certificates } : service
    if (!imported.has(service.id)) return { ...known, origin: shippedOrigin(service.id) }
    return { ...known, origin: isShipped(service.id) ? 'adjusted' : 'imported' }
  }

  function list(): ServiceView[] {
    const own = [...imported.values()].filter(({ id }) => !isShipped(id))
    return [...[...catalogue(), ...presets()].map((service) => imported.get(service.id) ?? service), ...own].map(view)
  }

  const knownAs = (id: string) => imported.get(id) ?? shippedService(id)

  function find(id: string): Service {
    // The built-in service in place of an adjusted one would send secrets elsewhere.
    const damage = damageOf('service', id)
    if (damage) throw new Problem(damage.failure)
    const service = knownAs(id)
    if (!service) throw problem('not_found', 'There is no service of this id.', 'See the list of services.')
    return service
  }

  /**
   * A service decides where stored tokens and client secrets are sent, so that must not change unnoticed. Nor may one service
   * replace another by accident, such as a second issuer with the same id.
   */
  function checkReplacing(service: Service, edited: boolean): void {
    const known = knownAs(service.id)
    if (!known) return
    const own = imported.has(service.id)
    const moved = inUse(service.id) ? moves(known, service) : ''
    if (moved === '' && own && edited) return
    const away = moved === '' ? '' : ` Stored secrets would go elsewhere from now on (${moved}).`
    const what = own
      ? `“${service.id}” is a service of yours already (${known.name}), and this description differs from it.`
      : `“${service.id}” is a built-in service; this description would take its place.`
    throw new Problem({
      kind: 'conflict',
      message: `${what}${away}`,
      remedy: 'Replace it if that is what you want, or give the description another id.',
    })
  }

  return {
    list,
    sendList: () => onChange(list()),
    view: (id) => view(find(id)),
    find,
    known: knownAs,
    async load() {
      await imported.load(() => records.list('service'))
    },
    forget: () => imported.clear(),
    async import({ text, replace = false, edited = false }) {
      const service = parseDescription(text)
      if (service.certificateAuthorities) checkAuthorities(service.certificateAuthorities)
      const known = knownAs(service.id)
      if (known && saysTheSame(known, service)) return view(known)
      if (!replace) unlessDamaged(damageOf('service', service.id))
      if (!replace) checkReplacing(service, edited)
      await records.write([{ put: 'service', id: service.id, value: service }])
      imported.set(service.id, service)
      onChange(list())
      return view(service)
    },
    export(id) {
      return { text: writeDescription(find(id)), fileName: `grantdesk-${id}.json` }
    },
    async remove(id) {
      const own = imported.get(id)
      if (!own) throw problem('not_found', 'Only services of your own can be removed.')
      const before = shippedService(id)
      const moved = before && inUse(id) ? moves(own, before) : ''
      if (moved !== '' || (!before && inUse(id))) {
        const away = moved === '' ? '' : ` and would be sent elsewhere (${moved})`
        throw problem('conflict', `Clients or connections of “${id}” are still stored${away}.`, 'Remove them first.')
      }
      await records.write([{ remove: 'service', id }])
      imported.delete(id)
      onChange(list())
    },
  }
}
