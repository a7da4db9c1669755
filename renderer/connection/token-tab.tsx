// The token itself: hidden until revealed, how it is protected, what becomes of it, and what a JWT says inside.
import { type ReactNode, useEffect, useState } from 'react'
import { type ConnectionView, renewalDeadline } from '../../contract/connection.ts'
import { introspectionWords } from '../../contract/introspection.ts'
import { differenceWords, introspectionDifferences } from '../../contract/introspection-difference.ts'
import type { Grant } from '../../contract/service.ts'
import { noEndWords } from '../../contract/token-end.ts'
import type { TokenInspection, TokensInspection } from '../../contract/token-inspection.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { momentWords } from '../kit/format.ts'
import { LazyView, lazyPart } from '../kit/lazy-part.tsx'
import { Mono } from '../kit/mono.tsx'
import { protectionWords } from '../kit/protection.ts'
import textStyles from '../kit/text.module.css'
import { TokenPlacementText } from '../kit/token-placement.tsx'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { AutoRefresh } from './auto-refresh.tsx'
import { leftWords, lifetimeWords, reminderWords } from './end-words.ts'
import factStyles from './facts.module.css'
import momentStyles from './moment.module.css'
import { Moment } from './moment.tsx'
import panelStyles from './panel.module.css'
import { RevealedToken } from './revealed-token.tsx'
import type { TokenContentsProps } from './token-contents.tsx'

/** In a file of its own: most tokens are opaque. */
const contents = lazyPart<TokenContentsProps>(async () => (await import('./token-contents.tsx')).TokenContents)

interface TokenTabProps {
  connection: ConnectionView
  grant: Grant | undefined
}

export function TokenTab({ connection, grant }: TokenTabProps) {
  const inspection = useInspection(connection)
  return (
    <div className={panelStyles.panel}>
      <Section title="Access token">
        <RevealedToken connection={connection} what="access_token" />
        <dl className={factStyles.facts}>
          <Fact name="Sent as">
            <TokenPlacementText placement={connection.bearer} />
          </Fact>
          {connection.actsAs !== null && <Fact name="Acts as">{connection.actsAs}</Fact>}
          {Object.entries(connection.kept).map(([name, value]) => (
            <Fact key={name} name={name}>
              <Mono>{value}</Mono>
            </Fact>
          ))}
          <Fact name="Obtained">
            <Moment at={connection.obtainedAt} />
          </Fact>
          <Fact name="Expires">
            <Expiry connection={connection} />
          </Fact>
          {!connection.refreshable && <RenewalDeadline connection={connection} lifetime={grant?.tokenLifetime} />}
          <Fact name="Last used">
            {connection.lastUsedAt === null ? 'not yet' : <Moment at={connection.lastUsedAt} />}
          </Fact>
          {connection.introspection && (
            <Fact name="Reported by introspection">
              {introspectionWords(connection.introspection)}
              <span className={momentStyles.below}>
                <RelativeTime at={connection.introspection.at} />
              </span>
            </Fact>
          )}
          <Differences connection={connection} />
          <Fact name="Format">
            {connection.damage === 'tokens' ? 'not readable' : formatWords(inspection?.accessToken ?? null)}
          </Fact>
        </dl>
      </Section>
      <Section title="Refresh token">
        <RefreshToken connection={connection} grant={grant} />
        <AutoRefresh connection={connection} />
      </Section>
      <Section title="Protection">
        <Protection />
      </Section>
      {inspection && (inspection.accessToken.format !== 'opaque' || inspection.idToken) && (
        <LazyView
          key={connection.obtainedAt}
          part={contents}
          props={{ connectionId: connection.id, inspection }}
          meanwhile={null}
        />
      )}
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={panelStyles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Where introspection says something else than what is stored. */
function Differences({ connection }: { connection: ConnectionView }) {
  const client = useGrantdesk((state) => state.clients.find(({ id }) => id === connection.clientId))
  const differences = introspectionDifferences(connection, client?.clientId ?? null)
  if (differences.length === 0) return null
  return (
    <Fact name="Introspection differs">
      {differences.map((difference) => (
        <p key={difference.of} className={textStyles.hint}>
          <strong>{differenceWords(difference, momentWords)}</strong>
        </p>
      ))}
    </Fact>
  )
}

function Expiry({ connection }: { connection: ConnectionView }) {
  const { expiresAt, status } = connection
  if (status.kind === 'revoked') return 'revoked before its end'
  return expiresAt === null ? noEndWords(connection) : <Moment at={expiresAt} />
}

function RefreshTokenExpiry({ connection }: { connection: ConnectionView }) {
  const { refreshTokenExpiresAt: at, status } = connection
  if (status.kind === 'revoked') return 'revoked before its end'
  return at === null ? 'not known' : <Moment at={at} />
}

/** What is left of a token that only the person can renew, counted down, and when they are reminded. */
function RenewalDeadline({ connection, lifetime }: { connection: ConnectionView; lifetime: number | undefined }) {
  const now = useNow()
  const end = renewalDeadline(connection)
  const { kind } = connection.status
  if (end === null || kind === 'revoked' || kind === 'revocation_accepted') return null
  return (
    <>
      {lifetime !== undefined && <Fact name="Lives">{lifetimeWords(lifetime)}</Fact>}
      <Fact name="Left">
        <span className={momentStyles.moment}>{leftWords(end.at - now)}</span>
      </Fact>
      <Fact name="Reminder">{reminderWords(end, now)}</Fact>
    </>
  )
}

function formatWords(inspection: TokenInspection | null): string {
  if (inspection === null) return '…'
  if (inspection.format === 'jwt') return 'JWT, decoded below'
  if (inspection.format === 'unsigned_jwt') return 'JWT without a signature'
  return `opaque, ${inspection.length} characters`
}

function RefreshToken({ connection, grant }: TokenTabProps) {
  // A revoked connection holds a refresh token still, though it refreshes no more.
  if (connection.grantType === 'static_token')
    return (
      <p className={textStyles.words}>
        None: the token was made at the service, and nothing renews it. When it ends, make a new one there and replace
        it.
      </p>
    )
  if (!connection.refreshable && connection.refreshTokenObtainedAt === null)
    return (
      <p className={textStyles.words}>
        {grant?.type === 'client_credentials'
          ? 'None, and none is needed: Grantdesk asks for a new access token with the client’s own credentials.'
          : 'The service gave none. When the access token ends, reconnect.'}
      </p>
    )
  if (connection.refreshTokenObtainedAt === null)
    return <p className={textStyles.words}>A new access token is asked for with the client’s own credentials.</p>
  return (
    <>
      <RevealedToken connection={connection} what="refresh_token" />
      <dl className={factStyles.facts}>
        <Fact name="Obtained">
          <Moment at={connection.refreshTokenObtainedAt} />
        </Fact>
        <Fact name="Expires">
          <RefreshTokenExpiry connection={connection} />
        </Fact>
        {connection.refreshable && <RenewalDeadline connection={connection} lifetime={grant?.refreshTokenLifetime} />}
      </dl>
    </>
  )
}

function Protection() {
  const vault = useGrantdesk((state) => state.vault)
  const file = useGrantdesk((state) => state.host.vaultFile)
  if (vault.state !== 'open') return <p className={textStyles.words}>The vault is not open.</p>
  const others = vault.slots.map((slot) => slot.label).filter((label) => label !== vault.openedWith)
  return (
    <>
      <p className={textStyles.words}>
        Sealed with A256GCM under this vault’s data key, which was opened with <strong>{protectionWords(vault)}</strong>
        {others.length > 0 ? `; it can also be opened with: ${others.join(', ')}` : ''}.
      </p>
      <p className={textStyles.hint}>
        <Mono dim>{file}</Mono>
      </p>
    </>
  )
}

/** Asked again whenever another access token has taken the place of this one. */
function useInspection({ id, obtainedAt, damage }: ConnectionView): TokensInspection | null {
  const door = useDoor()
  const [inspection, setInspection] = useState<TokensInspection | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new time means a new token
  useEffect(() => {
    let current = true
    void door.call('connections.inspect', { id }).then((answer) => {
      if (current && answer.ok) setInspection(answer.value)
    })
    return () => {
      current = false
    }
  }, [door, id, obtainedAt, damage])
  return inspection
}
