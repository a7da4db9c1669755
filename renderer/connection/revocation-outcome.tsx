// How a revocation ended, in words: what the service accepted, and what asking the API afterwards showed.
import { Button } from '@mantine/core'
import type { Revocation } from '../../contract/connection.ts'
import { revocationRemedy, revocationTitles } from '../../contract/revocation-words.ts'
import { Countdown, RelativeTime } from '../kit/countdown.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { type Tone, ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
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
}

export function RevocationOutcome({ revocation, onDismiss }: RevocationOutcomeProps) {
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
