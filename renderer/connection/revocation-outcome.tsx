// How a revocation ended, in words: what the service accepted, and what asking the API afterwards showed.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Revocation } from '../../contract/revocation.ts'
import { revocationRemedy, revocationTitles } from '../../contract/revocation-words.ts'
import { Countdown, RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { ShowStartedFlow } from '../kit/show-flow.tsx'
import { type Tone, ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import classes from './revocation-outcome.module.css'

const tones: Record<Revocation['outcome'], Tone> = {
  revoked: 'off',
  still_works: 'warn',
  not_offered: 'warn',
  unverified: 'warn',
  refused: 'bad',
  offline: 'bad',
}

interface RevocationOutcomeProps {
  revocation: Revocation
  onDismiss?: () => void
  /** Further buttons. */
  children?: ReactNode
}

export function RevocationOutcome({ revocation, onDismiss, children }: RevocationOutcomeProps) {
  const { outcome, page } = revocation
  const tone = tones[outcome]
  const remedy = revocationRemedy(revocation)
  return (
    <div className={classes.outcome} data-tone={tone} role="status">
      <span className={classes.outcomeShape}>
        <ToneShape tone={tone} size={12} />
      </span>
      <div className={classes.outcomeBody}>
        <p className={classes.outcomeTitle}>
          {revocationTitles[outcome]}{' '}
          <span className={textStyles.quiet}>
            <RelativeTime at={revocation.at} />
          </span>
        </p>
        <p>{revocation.words}</p>
        {revocation.worksUntil !== null && (
          <p>
            It ends by itself in <Countdown at={revocation.worksUntil} />.
          </p>
        )}
        {remedy !== '' && <p>{remedy}</p>}
        {revocation.checkedAt !== undefined && (
          <p className={textStyles.quiet}>
            Checked again <RelativeTime at={revocation.checkedAt} />
          </p>
        )}
        {(page !== null || onDismiss || children) && (
          <div className={classes.outcomeActions}>
            {children}
            {page !== null && <OpenPage url={page} label="Open the service’s page" />}
            {onDismiss && (
              <Button size="xs" variant="default" onClick={onDismiss}>
                Dismiss
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  )
}

interface AcceptedRevocationProps {
  /** The connection's. */
  id: string
  busy: boolean
  revocation: Revocation
}

/** A revocation that is not verified yet, and the way to check it again. */
export function AcceptedRevocation({ id, busy, revocation }: AcceptedRevocationProps) {
  const check = useCall('connections.checkRevocation')
  return (
    <>
      <RevocationOutcome revocation={revocation}>
        <Button size="xs" loading={check.pending} disabled={busy} onClick={() => void check.call({ id })}>
          Check again
        </Button>
      </RevocationOutcome>
      {check.failure && (
        <FailurePanel failure={check.failure} title="It could not be checked." onClose={check.clear}>
          <ShowStartedFlow connectionId={id} kind="revoke" />
        </FailurePanel>
      )}
    </>
  )
}
