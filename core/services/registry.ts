// The services that can be connected: the built-in ones, and those that the person imported, which are sealed records.
import { type Service, type ServiceView, serviceSchema } from '../../contract/service.ts'
import { Problem, problem } from '../problem.ts'
import type { Records } from '../records.ts'
import { catalogue } from './catalogue.ts'

export interface ServiceRegistry {
  list(): ServiceView[]
  /** Throws `not_found`. */
  find(id: string): Service
  load(): Promise<void>
  forget(): void
  import(text: string): Promise<ServiceView>
  remove(id: string): Promise<void>
}

function parseDescription(text: string): Service {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw problem('conflict', 'The file is not JSON.', 'A service description is a JSON object; see docs/services.md.')
  }
  const parsed = serviceSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = issues[0]
  throw new Problem({
    kind: 'invalid_input',
    message: `The service description does not fit the schema: ${first ? `${first.path || 'the whole file'}: ${first.message}` : ''}`,
    issues,
  })
}

export function createServiceRegistry(records: Records, onChange: (services: ServiceView[]) => void): ServiceRegistry {
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
