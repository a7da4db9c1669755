// Validates the addresses in a description to which codes, client secrets and refresh tokens go: which placeholders they may
// have, and that whatever these stand for leads to no host that the description does not name.
import { placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { checkLink } from '../loopback.ts'
import { keptPlaces } from '../oauth/kept-values.ts'
import type { Issue } from './description-issue.ts'
import { endpointOrigin, partsOf } from './endpoint-values.ts'

/** `{base}` must be followed by a path, or what follows could change the host. */
export function isSafe(template: string): boolean {
  const address = template.replace(/^\{base\}(?=\/|$)/, 'https://base.example')
  if (/[{}\s\p{Cc}]/u.test(address)) return false
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  try {
    return checkLink(address) !== ''
  } catch {
    return false
  }
}

/** Asked before anything is known but the base URL. */
const early = ['authorization', 'deviceAuthorization', 'pushedAuthorization'] as const
const late = ['token', 'refresh', 'revocation', 'introspection'] as const

export function endpointIssues(service: Service): Issue[] {
  const { endpoints } = service
  const kept = keptPlaces(service.tokenResponse?.keep ?? []).map(([name]) => name)
  const ofBase = (template: string) => partNames(service).reduce(standIn('part'), template)
  const labels = late.flatMap((name) => kept.filter((value) => endpoints[name]?.includes(`//{${value}}.`)))
  return [
    ...templateIssues(service, kept),
    ...early.flatMap((name) => issue(`endpoints.${name}`, !endpoints[name] || isSafe(ofBase(endpoints[name])), safe)),
    ...late.flatMap((name) => {
      const template = endpoints[name]
      return template ? issue(`endpoints.${name}`, isSafe(withKept(ofBase(template), kept)), safeOrKept) : []
    }),
    ...(endpoints.origins ?? []).flatMap((origin, at) =>
      issue(`endpoints.origins.${at}`, isPlainOrigin(origin), anOrigin),
    ),
    ...late
      .flatMap((name) => {
        const whole = endpointOrigin(endpoints[name] ?? '')
        const isKept = whole !== null && kept.includes(whole)
        return issue(
          `endpoints.origins`,
          !isKept || endpoints.origins !== undefined,
          `the origins that {${whole}} may name`,
        )
      })
      .slice(0, 1),
    // Its address is needed before the redirect that names it.
    ...early
      .slice(1)
      .flatMap((name) =>
        issue(
          `endpoints.${name}`,
          !endpoints[name] || labels.length === 0,
          `not beside {${labels[0]}}, which the redirect brings`,
        ),
      ),
  ]
}

/** Without wildcards, which would stand for themselves. */
function isPlainOrigin(text: string): boolean {
  return !text.includes('*') && isSafe(text) && URL.parse(text)?.origin === text.replace(/\/$/, '')
}

/** What `isSafe` wants. */
export const safe = 'an https address (http on this machine only) without a user name, or {base} followed by a path'
const safeOrKept = `${safe}; a value of tokenResponse.keep stands for the whole origin, or for one part of a host such as https://{name}.example.com`
const anOrigin = 'an origin such as https://accounts.example.com'

function issue(path: string, holds: boolean, message: string): Issue[] {
  return holds ? [] : [{ path, message }]
}

function standIn(value: string): (template: string, name: string) => string {
  return (template, name) => template.replaceAll(`{${name}}`, value)
}

/** Only at the places where a kept value may stand. */
function withKept(template: string, kept: string[]): string {
  const whole = endpointOrigin(template)
  if (whole !== null && kept.includes(whole)) return `https://kept.example${template.slice(whole.length + 2)}`
  const [, label] = /^https:\/\/\{(\w+)\}(?=\.[a-z0-9-]+\.[a-z])/i.exec(template) ?? []
  return label !== undefined && kept.includes(label) ? standIn('kept')(template, label) : template
}

function partNames({ base }: Service): string[] {
  return placeholdersIn(base.template ?? '').map((open) => open.slice(1, -1))
}

/** What placeholders of these names stand for is not for a description to say. */
export const ownPlaceholders: ReadonlySet<string> = new Set(['base', 'slug', 'workspace_id', 'account_id'])

function templateIssues(service: Service, kept: string[]): Issue[] {
  const { template, default: usual } = service.base
  if (template === undefined) return []
  const names = partNames(service)
  const isTaken = names.some((name) => ownPlaceholders.has(name) || kept.includes(name))
  const sample = names.reduce(standIn('part'), template)
  const isForm = names.length > 0 && isSafe(sample) && !/[?#]/.test(sample)
  const message = 'the form of the base URL, with names such as https://{account}.example.com that nothing else has'
  return [
    ...issue('base.template', isForm && !isTaken, message),
    ...issue(
      'base.default',
      usual === null || !isForm || partsOf(service, usual) !== null,
      'an address of the form of base.template',
    ),
  ]
}
