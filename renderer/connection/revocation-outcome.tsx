// How a revocation ended, in words: what the service accepted, and what asking the API afterwards showed.
import { Button } from '@mantine/core'
import type { Revocation } from '../../contract/connection.ts'
import { Countdown, RelativeTime } from '../kit/countdown.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { type Tone, ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import classes from './revocation-outcome.module.css'

const outcomes: Record<Revocation['outcome'], { word: string; tone: Tone }> = {
  revoked: { word: 'Revoked, and verified', tone: 'off' },
  still_works: { word: 'The access token still works', tone: 'warn' },
  not_offered: { word: 'Not offered by the service', tone: 'warn' },
  unverified: { word: 'Accepted, not verified', tone: 'warn' },
  offline: { word: 'The service could not be reached', tone: 'bad' },
}

interface RevocationOutcomeProps {
  revocation: Revocation
  onDismiss?: () => void
}

export function RevocationOutcome({ revocation, onDismiss }: RevocationOutcomeProps) {
  const { word, tone } = outcomes[revocation.outcome]
  const { page } = revocation
  return (
    <div className={classes.outcome} data-tone={tone} role="status">
      <span className={classes.outcomeShape}>
        <ToneShape tone={tone} size={12} />
      </span>
      <div className={classes.outcomeBody}>
        <p className={classes.outcomeTitle}>
          {word}{' '}
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
        {(page !== null || onDismiss) && (
          <div className={classes.outcomeActions}>
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
