// What a description begins as: nearly empty, somebody else's under another name, or the service's own. Pure.
import type { ServiceView } from '../../contract/service.ts'
import { isMembers, type Members, withValue } from './document.ts'

/** An id made of a name: lower-case letters, digits and hyphens, not yet taken. */
export function idFrom(name: string, taken: string[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 36)
    .replace(/-+$/, '')
  const wanted = plain === '' ? 'service' : plain
  let id = wanted
  for (let number = 2; taken.includes(id); number += 1) id = `${wanted}-${number}`
  return id
}

/** A description to be written by hand, with what most services have. */
export function emptyDocument(): Members {
  return {
    schema: 2,
    id: '',
    name: '',
    base: { default: null, example: 'https://id.example.com' },
    endpoints: { authorization: '{base}/oauth/authorize', token: '{base}/oauth/token' },
    registration: { steps: 'Register a client there with the redirect URI below.' },
    clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
    redirect: { anyPort: 'unknown' },
    grants: [{ id: 'authorization_code', type: 'authorization_code', name: 'Authorization code' }],
    scopes: {},
  }
}

/** The text of a description file as a document; `null` where it is none. */
export function documentFrom(text: string): Members | null {
  try {
    const value = JSON.parse(text)
    return isMembers(value) ? value : null
  } catch {
    return null
  }
}

/** The same under a name and an id of its own. */
export function copyOf(document: Members, services: ServiceView[]): Members {
  const name = `${String(document.name ?? 'Service')} (copy)`.slice(0, 60)
  const id = idFrom(name, idsOf(services))
  return withValue(withValue(document, 'name', name), 'id', id)
}

export function idsOf(services: Pick<ServiceView, 'id'>[]): string[] {
  return services.map(({ id }) => id)
}
