// What the access token and the ID token say inside, what of the ID token fits, and whose signatures they bear.
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { checkVerdict } from '../../contract/flow/check-words.ts'
import type { Signatures, TokenCheck, TokenInspection, TokensInspection } from '../../contract/token-inspection.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import { DecodedToken, UnsignedToken } from './decoded-token.tsx'
import factStyles from './facts.module.css'
import panelStyles from './panel.module.css'

export interface TokenContentsProps {
  connectionId: string
  inspection: TokensInspection
}

/** Nothing of opaque tokens. */
export function TokenContents({ connectionId, inspection }: TokenContentsProps) {
  const verify = useCall('connections.verifySignatures')
  const [signatures, setSignatures] = useState<Signatures | null>(null)
  const { accessToken, idToken, hasKeys } = inspection
  const button = hasKeys && signatures === null && (
    <VerifyButton
      pending={verify.pending}
      onVerify={async () => {
        const answer = await verify.call({ id: connectionId })
        if (answer.ok) setSignatures(answer.value)
      }}
    />
  )
  const unverified = hasKeys
    ? 'not verified yet'
    : 'not verified: the service’s description does not say where its keys are'
  const failure = verify.failure && <FailurePanel failure={verify.failure} title="The signatures were not verified." />
  return (
    <>
      {accessToken.format !== 'opaque' && (
        <TokenSection title="Decoded" inspection={accessToken} jsonLabel="Access token as JSON">
          <Facts checks={[]} signature={signatures?.accessToken ?? null} unverified={unverified} />
          {accessToken.format === 'jwt' && button}
          {failure}
        </TokenSection>
      )}
      {idToken && (
        <TokenSection title="ID token" inspection={idToken.inspection} jsonLabel="ID token as JSON">
          <Facts checks={idToken.checks} signature={signatures?.idToken ?? null} unverified={unverified} />
          {accessToken.format !== 'jwt' && idToken.inspection.format === 'jwt' && button}
          {accessToken.format === 'opaque' && failure}
        </TokenSection>
      )}
    </>
  )
}

interface TokenSectionProps {
  title: string
  inspection: TokenInspection
  /** For those who hear the page. */
  jsonLabel: string
  children: ReactNode
}

function TokenSection({ title, inspection, jsonLabel, children }: TokenSectionProps) {
  return (
    <section className={panelStyles.section}>
      <h2>{title}</h2>
      {inspection.format === 'jwt' && (
        <>
          <p className={textStyles.words}>As the token states it. The signature itself is not shown.</p>
          {children}
          <DecodedToken inspection={inspection} jsonLabel={jsonLabel} />
        </>
      )}
      {inspection.format === 'unsigned_jwt' && <UnsignedToken claimNames={inspection.claimNames} />}
      {inspection.format === 'opaque' && <p className={textStyles.words}>It cannot be read.</p>}
    </section>
  )
}

function VerifyButton({ pending, onVerify }: { pending: boolean; onVerify(): Promise<void> }) {
  return (
    <Button size="xs" mt="xs" variant="default" loading={pending} onClick={() => void onVerify()}>
      Verify signatures
    </Button>
  )
}

interface FactsProps {
  checks: TokenCheck[]
  /** `null` until it has been asked for. */
  signature: TokenCheck | null
  unverified: string
}

function Facts({ checks, signature, unverified }: FactsProps) {
  return (
    <dl className={factStyles.facts}>
      {checks.map((check) => (
        <div key={check.which}>
          <dt>{names[check.which]}</dt>
          <dd>
            <Result check={check} />
          </dd>
        </div>
      ))}
      <div>
        <dt>Signature</dt>
        <dd>{signature === null ? unverified : <Result check={signature} />}</dd>
      </div>
    </dl>
  )
}

function Result({ check }: { check: TokenCheck }) {
  if (!isOdd(check)) return words(check)
  return (
    <span className={textStyles.hint}>
      <strong>{words(check)}</strong>
    </span>
  )
}

const names: Partial<Record<TokenCheck['which'], string>> = {
  id_token_issuer: 'Issuer',
  id_token_audience: 'Audience',
  id_token_expiry: 'Ends',
  id_token_not_before: 'Begins',
}

/** An ID token proves who signed in when it came: that it has ended since is as it should be. */
function isOdd({ result, reason }: TokenCheck): boolean {
  return result === 'failed' && reason !== 'ended'
}

function words(check: TokenCheck): string {
  const { which, result, reason, found } = check
  if (which === 'id_token_expiry' && reason === 'ended') return 'has ended; it was needed only to sign in'
  if (which === 'id_token_expiry' && result === 'passed') return `in ${checkVerdict(check)}`
  if (result === 'unconfirmed' && reason === 'no_key')
    return `not verified: none of the service’s keys is for it (${found})`
  return checkVerdict(check)
}
