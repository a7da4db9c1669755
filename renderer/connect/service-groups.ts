// The services in the order in which they are offered, and searching them by words. Pure.
import type { ServiceView } from '../../contract/service.ts'

export interface ServiceGroup {
  id: 'built_in' | 'preset' | 'imported'
  name: string
  services: ServiceView[]
}

const groups: { id: ServiceGroup['id']; name: string; origins: ServiceView['origin'][] }[] = [
  { id: 'built_in', name: 'Built in', origins: ['built_in', 'adjusted'] },
  { id: 'preset', name: 'More services', origins: ['preset'] },
  { id: 'imported', name: 'Your own', origins: ['imported'] },
]

/** The services that hold every word of `text` in name, description or address, by where they come from; empty groups stay. */
export function groupServices(services: ServiceView[], text: string): ServiceGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = services.filter(({ name, description, base }) => {
    const searched = `${name} ${description} ${base.default ?? ''}`.toLowerCase()
    return words.every((word) => searched.includes(word))
  })
  return groups.map(({ id, name, origins }) => ({
    id,
    name,
    services: found.filter(({ origin }) => origins.includes(origin)),
  }))
}
