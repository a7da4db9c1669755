// Gets a workspace's slug from what the person entered: the slug itself, or a URL copied from the browser, which is only parsed.
import type { Service } from '../../contract/service.ts'
import { invalid, problem } from '../problem.ts'

/** @throws Problem `not_supported` if the service has no workspaces to enter, `invalid_input` for anything else */
export function slugFrom({ name, workspaceByHand }: Pick<Service, 'name' | 'workspaceByHand'>, text: string): string {
  if (!workspaceByHand) {
    throw problem('not_supported', `${name} has no workspaces to name.`, 'Choose among those that it lists.')
  }
  const typed = text.trim()
  const url = typed.includes('/') ? addressOf(typed) : null
  const slug = url === null ? typed : slugIn(url.pathname, workspaceByHand.paths)
  if (slug === null || !/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u.test(slug)) {
    const example = workspaceByHand.example && `, such as ${workspaceByHand.example}`
    throw invalid('workspace', 'This is no slug of a workspace and no address of one.', `Paste an address${example}.`)
  }
  return slug
}

/** Also accepts a URL without scheme, or just a path. */
function addressOf(text: string): URL {
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const hasHost = /^[^/]*[.:]/.test(text)
  const address = isWhole ? text : hasHost ? `https://${text}` : `https://none.example/${text.replace(/^\/+/, '')}`
  return URL.parse(address) ?? new URL('https://none.example/')
}

/** Uses the first matching path; the slug is a single segment. */
function slugIn(path: string, templates: string[]): string | null {
  for (const template of templates) {
    const before = template.slice(0, -'{slug}'.length)
    if (!path.startsWith(before)) continue
    const segment = path.slice(before.length).split('/')[0] ?? ''
    try {
      return decodeURIComponent(segment)
    } catch {
      return null
    }
  }
  return null
}
