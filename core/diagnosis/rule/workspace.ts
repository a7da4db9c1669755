// What a request to the API says of the workspace that it is about.
import { placeholdersIn } from '../../../contract/placeholders.ts'
import type { ApiRefusal } from './api.ts'
import { headerOf } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

/** A header with a placeholder that the service wants with every request, and that was left out for want of a value. */
export function missingHeader(
  { event }: ApiRefusal,
  { service }: Pick<DiagnosisContext, 'service'>,
): { name: string; template: string } | null {
  for (const [name, template] of Object.entries(service?.requestHeaders ?? {})) {
    if (placeholdersIn(template).length > 0 && headerOf(event.request, name) === null) return { name, template }
  }
  return null
}

/** The workspace's slug in the path, by the service's ready-made requests; `null` if no path of theirs fits. */
export function slugInPath({ event }: ApiRefusal, { service }: Pick<DiagnosisContext, 'service'>): string | null {
  const path = URL.parse(event.request.url)?.pathname ?? ''
  for (const { path: template } of service?.requests ?? []) {
    const before = /^([^{}?]*\/)\{slug\}\//.exec(template)?.[1]
    if (before === undefined || !path.startsWith(before)) continue
    const slug = path.slice(before.length).split('/')[0] ?? ''
    if (slug !== '') return decoded(slug)
  }
  return null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
