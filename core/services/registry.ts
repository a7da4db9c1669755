// The services that can be connected: the built-in ones, and those that the person imported, which are sealed records.
import type { Service, ServiceView } from '../../contract/service.ts'
import { problem } from '../problem.ts'
import type { Records } from '../records.ts'
import { expandBase } from './addresses.ts'
import { catalogue } from './catalogue.ts'
import { parseDescription } from './description.ts'

export interface ServiceRegistry {
  list(): ServiceView[]
  /** Throws `not_found`. */
  find(id: string): Service
  load(): Promise<void>
  forget(): void
  import(text: string): Promise<ServiceView>
  remove(id: string): Promise<void>
}

/** The templates that say where secrets are sent. */
function destinations({ base, endpoints }: Service): Record<string, string | null | undefined> {
  return { ...endpoints, base: base.default }
}

/** Tokens and client secrets that are stored go where their service says: that must not change under them. */
function checkSameDestinations(known: Service, service: Service): void {
  const [before, after] = [destinations(known), destinations(service)]
  const names = ['authorization', 'token', 'revocation', 'base'].filter((name) => before[name] !== after[name])
  if (names.length === 0) return
  const shown = (template: string | null | undefined) => {
    if (!template) return 'none'
    return URL.parse(expandBase(template, service.base.default ?? ''))?.host ?? template
  }
  const changes = names.map((name) => `${name}: ${shown(before[name])} → ${shown(after[name])}`)
  throw problem(
    'conflict',
    `Clients of “${service.id}” are stored, and their secrets would go elsewhere (${changes.join(', ')}).`,
    'Remove its clients first, or give the description another id.',
  )
}

/** `hasClients`: whether clients of a service are stored, whose secrets and tokens go where the service says. */
export function createServiceRegistry(
  records: Records,
  onChange: (services: ServiceView[]) => void,
  hasClients: (serviceId: string) => boolean,
): ServiceRegistry {
  const imported = new Map<string, Service>()

  const list = (): ServiceView[] => [
    ...catalogue.map((service) => ({ ...service, origin: 'built_in' as const })),
    ...[...imported.values()].map((service) => ({ ...service, origin: 'imported' as const })),
  ]

  return {
    list,
    find(id) {
      const service = imported.get(id) ?? catalogue.find((candidate) => candidate.id === id)
      if (!service) throw problem('not_found', `There is no service “${id}”.`, 'See the list of services.')
      return service
    },
    async load() {
      imported.clear()
      for (const { id, value } of await records.list('service')) imported.set(id, value)
    },
    forget: () => imported.clear(),
    async import(text) {
      const service = parseDescription(text)
      if (catalogue.some((builtIn) => builtIn.id === service.id)) {
        throw problem('conflict', `“${service.id}” is a built-in service.`, 'Give the description another id.')
      }
      const known = imported.get(service.id)
      if (known && hasClients(service.id)) checkSameDestinations(known, service)
      await records.write([{ put: 'service', id: service.id, value: service }])
      imported.set(service.id, service)
      onChange(list())
      return { ...service, origin: 'imported' }
    },
    async remove(id) {
      if (!imported.has(id)) throw problem('not_found', 'Only imported services can be removed.')
      await records.write([{ remove: 'service', id }])
      imported.delete(id)
      onChange(list())
    },
  }
}
