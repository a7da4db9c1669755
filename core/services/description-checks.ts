// Validates imported descriptions, which decide where secrets are sent and which pages the browser opens. Rejects URLs that are
// not https (or http on this machine), reserved headers, and oversized texts and lists.

import { placeholdersIn } from '../../contract/placeholders.ts'
import type { Service } from '../../contract/service.ts'
import { secrecyOf } from '../flows/secret-names.ts'
import { isReserved, isReservedInAuthorization } from '../oauth/authorization-request.ts'
import { keptPlaces } from '../oauth/kept-values.ts'
import { apiAddress, sampleValues } from './addresses.ts'
import type { Issue } from './description-issue.ts'
import { endpointIssues, isSafe, ownPlaceholders, safe } from './endpoint-checks.ts'

/** Everything that the schema alone does not catch. */
export function descriptionIssues(service: Service): Issue[] {
  return [
    ...addressIssues(service),
    ...endpointIssues(service),
    ...originIssues(service),
    ...pathIssues(service),
    ...keepIssues(service),
    ...headerIssues(service),
    ...grantIssues(service),
    ...nameIssues(service),
    ...sizeIssues(service),
  ]
}

function addressIssues(service: Service): Issue[] {
  const addresses: [string, string | null | undefined][] = [
    ['documentation', service.documentation],
    ['base.default', service.base.default],
    ['openid.jwksUri', service.openid?.jwksUri],
    ['issuer.url', service.issuer?.url.replace(issuerPlaceholder, '/x')],
    ['registration.page', service.registration.page],
    ['registration.instancePage', service.registration.instancePage],
    ['grantsPage', service.grantsPage],
    ...service.grants.map(({ page }, at): [string, string | undefined] => [`grants.${at}.page`, page]),
  ]
  return addresses.flatMap(([path, address]) => {
    return address === null || address === undefined || isSafe(address) ? [] : [{ path, message: safe }]
  })
}

/** A whole part of an issuer's path, such as Entra's `{tenantid}`. */
const issuerPlaceholder = /(?<=\/\/[^/]+(?:\/[^/]+)*)\/\{[a-z]+\}(?=\/|$)/gi

/** Origins alone: a path among them would promise that tokens go to that path only. */
function originIssues(service: Service): Issue[] {
  const { api, tokenResponse } = service
  const kept = keptPlaces(tokenResponse?.keep ?? []).map(([name]) => `{${name}}`)
  const parts = placeholdersIn(service.base.template ?? '')
  const names = [...kept, ...parts]
  return (api?.origins ?? []).flatMap((origin, at) => {
    if (origin === '{base}' || kept.includes(origin)) return []
    // A kept value, or a part of the base URL, may be part of the host.
    const sample = names.reduce((text, name) => text.replaceAll(name, 'kept'), origin)
    const url = isSafe(sample) ? URL.parse(sample) : null
    if (url !== null && sample.replace(/\/$/, '') === url.origin) return []
    const message = 'an origin such as https://api.example.com, {base}, or a value of tokenResponse.keep'
    return [{ path: `api.origins.${at}`, message }]
  })
}

/** Kept values are shown, so no secret may be kept. */
function keepIssues({ tokenResponse }: Service): Issue[] {
  return keptPlaces(tokenResponse?.keep ?? []).flatMap(([name, paths]) => {
    const path = `tokenResponse.keep.${name}`
    if (ownPlaceholders.has(name)) return [{ path, message: `{${name}} stands for something else already` }]
    const isSecret = paths.some((each) => secrecyOf(each.split('.').at(-1) ?? '') !== null)
    return isSecret ? [{ path, message: 'something that is no secret, because it is shown' }] : []
  })
}

/** Probes send the token automatically, so they may not go to another origin. */
function pathIssues(service: Service): Issue[] {
  const base = service.base.default ?? 'https://base.example'
  const paths: [string, string][] = [
    ...service.identity.map(({ path }, at): [string, string] => [`identity.${at}.path`, path]),
    ...service.workspaces.map(({ path }, at): [string, string] => [`workspaces.${at}.path`, path]),
    ...service.requests.map(({ path }, at): [string, string] => [`requests.${at}.path`, path]),
    ...(service.tokenInfo ? [['tokenInfo.path', service.tokenInfo.path] as [string, string]] : []),
  ]
  return paths.flatMap(([path, value]) => {
    try {
      apiAddress(value.replace(/(?!^\{base\})\{\w+\}/g, 'x'), base, service, sampleValues(service))
      return []
    } catch {
      const message = service.api
        ? 'a path such as /api/me, or an address at one of api.origins'
        : 'a path under the base URL, such as /api/me'
      return [{ path, message }]
    }
  })
}

const ours = new Set(['authorization', 'cookie', 'host', 'content-length', 'transfer-encoding', 'connection'])

function headerIssues(service: Service): Issue[] {
  const taken = new Set([...ours, service.bearer.header.toLowerCase()])
  return Object.entries(service.requestHeaders).flatMap(([name, value]) => {
    const isFine =
      /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) && !taken.has(name.toLowerCase()) && /^[\t\x20-\x7e]*$/.test(value)
    return isFine ? [] : [{ path: `requestHeaders.${name}`, message: 'a header that Grantdesk does not set itself' }]
  })
}

function needsBrowser({ type, installation }: Service['grants'][number]): boolean {
  return type === 'authorization_code' || installation !== undefined
}

function grantIssues(service: Service): Issue[] {
  const ids = new Set(service.grants.map(({ id }) => id))
  const issues: Issue[] = service.grants.flatMap((grant, at) => {
    const path = `grants.${at}`
    const ofTokens = { ...grant.tokenParameters, ...grant.refreshParameters }
    const reserved = [
      ...Object.entries(grant.authorizationParameters).filter((pair) => isReservedInAuthorization(...pair)),
      ...Object.entries(ofTokens).filter((pair) => isReserved(...pair)),
    ]
    const inputs = grant.inputs.map(({ id }) => id)
    return [
      ...reserved.map(([name]) => ({
        path: `${path}.authorizationParameters`,
        message: `${name} is Grantdesk’s to set`,
      })),
      ...grant.inputs.flatMap(({ parameter }) =>
        parameter && parameter !== 'resource' && isReserved(parameter)
          ? [{ path: `${path}.inputs`, message: `${parameter} is Grantdesk’s to set` }]
          : [],
      ),
      ...(new Set(inputs).size < inputs.length ? [{ path: `${path}.inputs`, message: 'two inputs with one id' }] : []),
      ...(needsBrowser(grant) && service.endpoints.authorization === null
        ? [{ path: 'endpoints.authorization', message: `needed for the grant ${grant.id}` }]
        : []),
      ...(grant.type === 'device_code' && !service.endpoints.deviceAuthorization
        ? [{ path: 'endpoints.deviceAuthorization', message: 'needed for a grant of type device_code' }]
        : []),
    ]
  })
  const instead = service.availability?.instead
  if (instead && !ids.has(instead)) issues.push({ path: 'availability.instead', message: 'the id of a grant' })
  return issues
}

/** A parameter of the service's own must not take the place of another one. */
function nameIssues({ authorizationRequest, tokenRequest }: Service): Issue[] {
  return Object.entries({ authorizationRequest, tokenRequest }).flatMap(([where, request]) => {
    const names = Object.values(request?.names ?? {})
    const wrong = names.filter((name, at) => isReserved(name) || names.indexOf(name) !== at)
    return wrong.map((name) => ({ path: `${where}.names`, message: `${name} is the name of another parameter` }))
  })
}

/** Limits the length of texts and lists. */
function sizeIssues(service: Service): Issue[] {
  const issues: Issue[] = []
  const walk = (value: unknown, path: string): void => {
    if (issues.length > 0) return
    if (typeof value === 'string' && value.length > 20_000) issues.push({ path, message: 'at most 20,000 characters' })
    if (typeof value !== 'object' || value === null) return
    const members = Object.entries(value)
    if (members.length > 2_000) issues.push({ path, message: 'at most 2,000 entries' })
    else for (const [name, member] of members) walk(member, path === '' ? name : `${path}.${name}`)
  }
  walk(service, '')
  return issues
}
