// What a service's description says, fact by fact, with a mark where nobody confirmed it.
import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { countWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import tagStyles from '../kit/tag.module.css'
import textStyles from '../kit/text.module.css'
import { TokenPlacementText } from '../kit/token-placement.tsx'
import { isUnverified, unverifiedParts } from '../kit/unverified.ts'
import { useCall } from '../state/use-call.ts'
import classes from './service-facts.module.css'

/** Says that nobody confirmed a fact, or which parts of it. */
function Unverified({ service, path }: { service: ServiceView; path: string }) {
  const parts = unverifiedParts(service, path)
  if (!isUnverified(service, path) && parts.length === 0) return null
  const what = parts.length > 0 ? parts.map((part) => partWords(service, part)).join(', ') : 'it'
  return (
    <span className={tagStyles.tag} title={`Nobody has confirmed ${what} against the service.`}>
      {parts.length > 0 ? `unverified: ${what}` : 'unverified'}
    </span>
  )
}

/** A part by the name that the person knows it by, or its path. */
function partWords({ grants }: ServiceView, path: string): string {
  const [, index] = /^grants\.(\d+)$/.exec(path) ?? []
  return grants[Number(index)]?.name ?? partNames[path] ?? path
}

const partNames: Record<string, string> = {
  'redirect.anyPort': 'whether any port will do',
  'scopes.reported': 'whether the granted ones are told',
  'scopes.groups': 'the list',
  'workspaces.0.workspaceName': 'the name',
  'workspaces.0.workspaceDetail': 'the kind',
}

function Link({ url, children }: { url: string; children: ReactNode }) {
  const open = useCall('links.open')
  if (!/^https?:/.test(url)) return <Mono>{url}</Mono>
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => open.call({ url })}>
      {children} <IconExternalLink size={12} aria-hidden="true" />
    </Anchor>
  )
}

const anyPortWords = {
  yes: 'http://127.0.0.1 on any port',
  no: 'the exact port that was registered',
  unknown: 'whether any port will do is unknown: register a fixed one',
} as const

function redirectFact({ redirect }: ServiceView): string {
  return [redirect.default, redirect.note || anyPortWords[redirect.anyPort]].filter(Boolean).join(' · ')
}

function GrantFacts({ grants }: { grants: Grant[] }) {
  return (
    <ul className={classes.grants}>
      {grants.map(({ id, name, caution, tokenLifetime, refreshTokenLifetime, bearer }) => (
        <li key={id}>
          {name}
          {bearer && (
            <>
              {' '}
              as <TokenPlacementText placement={bearer} />
            </>
          )}
          {refreshTokenLifetime && `; its refresh token lives ${durationWords(refreshTokenLifetime)}`}
          {tokenLifetime && `; it lives ${durationWords(tokenLifetime)}`}
          {caution !== '' && <div className={textStyles.dim}>{caution}</div>}
        </li>
      ))}
    </ul>
  )
}

function durationWords(seconds: number): string {
  return countWords(Math.round(seconds / 86_400), 'day')
}

function revocationWords({ revocation }: ServiceView): string {
  return `sent as ${revocation.encoding === 'json' ? 'JSON' : 'a form'}; the other one is tried where that is refused${revocation.encoding === 'json' ? ' or comes to nothing' : ''}`
}

function baseWords({ base }: ServiceView): string {
  return base.default ?? `each account’s own, such as ${base.template ?? base.example}`
}

/** The API's origins; the base URL by its address where that is known. */
function originsWords({ api, base }: ServiceView): string {
  return (api?.origins ?? [])
    .map((origin) => (origin === '{base}' ? (base.default ?? 'the base URL') : origin))
    .join(', ')
}

/** All facts of a service's description. */
export function ServiceFacts({ service }: { service: ServiceView }) {
  const fact = (label: string, path: string, value: ReactNode) => (
    <Fact label={label}>
      {value} <Unverified service={service} path={path} />
    </Fact>
  )
  const { endpoints, scopes } = service
  const scopeCount = scopes.groups.reduce((sum, group) => sum + group.scopes.length, 0)
  return (
    <Section title="What is known">
      <Facts>
        {fact('Base URL', 'base', <Mono>{baseWords(service)}</Mono>)}
        {fact(
          'Authorization endpoint',
          'endpoints.authorization',
          endpoints.authorization === null ? (
            <span className={textStyles.dim}>none: no grant begins in the browser</span>
          ) : (
            <Mono>{endpoints.authorization}</Mono>
          ),
        )}
        {fact('Token endpoint', 'endpoints.token', <Mono>{endpoints.token}</Mono>)}
        {fact(
          'Revocation endpoint',
          'endpoints.revocation',
          endpoints.revocation ? (
            <Mono>{endpoints.revocation}</Mono>
          ) : (
            <span className={textStyles.dim}>none known</span>
          ),
        )}
        {endpoints.refresh && fact('Refresh endpoint', 'endpoints.refresh', <Mono>{endpoints.refresh}</Mono>)}
        {endpoints.introspection &&
          fact('Introspection endpoint', 'endpoints.introspection', <Mono>{endpoints.introspection}</Mono>)}
        {endpoints.origins &&
          fact('Redirects may lead to', 'endpoints.origins', <Mono>{endpoints.origins.join(', ')}</Mono>)}
        {endpoints.revocation && fact('Revocation', 'revocation', revocationWords(service))}
        {endpoints.deviceAuthorization &&
          fact('Device endpoint', 'endpoints.deviceAuthorization', <Mono>{endpoints.deviceAuthorization}</Mono>)}
        {endpoints.pushedAuthorization &&
          fact(
            'Authorization requests',
            'endpoints.pushedAuthorization',
            <>
              are pushed first (RFC 9126), to <Mono>{endpoints.pushedAuthorization}</Mono>
            </>,
          )}
        {service.issuer && fact('Issuer', 'issuer', <Mono>{service.issuer.url}</Mono>)}
        {service.openid?.jwksUri &&
          fact('ID tokens', 'openid', <>are verified with the keys at {<Mono>{service.openid.jwksUri}</Mono>}</>)}
        {fact('Grants', 'grants', <GrantFacts grants={service.grants} />)}
        {fact('PKCE', 'pkce', service.pkce)}
        {fact(
          'Client authentication',
          'clientAuthentication',
          service.clientAuthentication.allowed.map((each) => clientAuthenticationWords[each]).join('; '),
        )}
        {fact('Redirect URI', 'redirect', redirectFact(service))}
        {fact(
          'Scopes',
          'scopes',
          <>
            {scopeCount > 0 ? `${countWords(scopeCount, 'scope')} described` : 'none described'}
            {scopes.default.length > 0 && (
              <>
                , asked for by default: <Mono>{scopes.default.join(scopes.separator)}</Mono>
              </>
            )}
          </>,
        )}
        {service.scopes.note !== '' && fact('About scopes', 'scopes.note', service.scopes.note)}
        {service.api && fact('Tokens go to', 'api', <Mono>{originsWords(service)}</Mono>)}
        {fact('Tokens are sent as', 'bearer', <TokenPlacementText placement={service.bearer} />)}
        {Object.keys(service.requestHeaders).length > 0 &&
          fact(
            'Further headers',
            'requestHeaders',
            <Mono>
              {Object.entries(service.requestHeaders)
                .map(([name, value]) => `${name}: ${value}`)
                .join(', ')}
            </Mono>,
          )}
        {fact(
          'Who am I',
          'identity',
          service.identity.length > 0 ? (
            <Mono>{service.identity.map(({ path }) => path).join(', ')}</Mono>
          ) : (
            <span className={textStyles.dim}>cannot be asked; a name is asked from you</span>
          ),
        )}
        {service.workspaces.length > 0 &&
          fact('Workspaces', 'workspaces', <Mono>{service.workspaces.map(({ path }) => path).join(', ')}</Mono>)}
        {service.anonymous &&
          fact('Unknown tokens', 'anonymous', 'are taken for nobody, and what is public is still answered')}
        {fact('Register a client', 'registration', service.registration.steps)}
        {service.grantsPage &&
          fact('Grants page', 'grantsPage', <Link url={service.grantsPage}>Open the service’s page</Link>)}
        {service.documentation && (
          <Fact label="Documentation">
            <Link url={service.documentation}>{service.documentation}</Link>
          </Fact>
        )}
      </Facts>
    </Section>
  )
}
