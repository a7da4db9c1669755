// The practice services: the five services in miniature on this machine, started and stopped by hand.
import { Button } from '@mantine/core'
import type { PracticeStatus } from '../../contract/practice.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { Section } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import { type Tone, ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'

const words: Record<PracticeStatus['state'], { tone: Tone; word: string }> = {
  stopped: { tone: 'off', word: 'stopped' },
  starting: { tone: 'busy', word: 'starting' },
  running: { tone: 'good', word: 'running' },
  failed: { tone: 'bad', word: 'failed' },
}

/** The practice services that run, each with the way to connect it. */
export function PracticeServices() {
  const practice = useGrantdesk((state) => state.practice)
  const go = useGrantdesk((state) => state.go)
  if (practice.state !== 'running') return null
  return (
    <ul className={rowStyles.rows}>
      {practice.services.map((service) => (
        <li key={`${service.serviceId} ${service.baseUrl}`} className={rowStyles.row}>
          <span className={rowStyles.rowName}>{service.name}</span>
          <Mono clip dim>
            {hostWords(service.baseUrl)}
          </Mono>
          <OpenPage url={service.quirksUrl} label="Quirks" name={`Quirks of ${service.name}`} />
          <Button
            variant="default"
            size="xs"
            aria-label={`Connect ${service.name}`}
            onClick={() =>
              go({
                name: 'connect',
                serviceId: service.serviceId,
                baseUrl: service.baseUrl,
                clientId: service.clientId,
              })
            }
          >
            Connect
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Their state, a switch, and the list while they run. */
export function PracticeSection() {
  const practice = useGrantdesk((state) => state.practice)
  const start = useCall('practice.start')
  const stop = useCall('practice.stop')
  const running = practice.state === 'running'
  const failure = start.failure ?? stop.failure
  return (
    <Section
      title="Practice services"
      aside={
        <span className={rowStyles.inline}>
          <ToneBadge {...words[practice.state]} />
          <Button
            variant="default"
            size="xs"
            loading={practice.state === 'starting' || start.pending || stop.pending}
            onClick={() => (running ? stop.call({}) : start.call({}))}
          >
            {running ? 'Stop practice services' : 'Try with practice services'}
          </Button>
        </span>
      }
    >
      {failure && <FailurePanel failure={failure} />}
      {practice.state === 'failed' && <p className={textStyles.text}>{practice.why}</p>}
      {running && <PracticeServices />}
      {running ? (
        <p className={textStyles.text}>
          Quirks are what real servers do that the RFCs do not: switch them on, and see what Grantdesk makes of it.
          Their accounts and tokens end when Grantdesk stops.
        </p>
      ) : (
        <p className={textStyles.text}>
          The five services in miniature, on this machine alone: real OAuth, invented accounts, nothing to sign up for.
          Their accounts and tokens end when Grantdesk stops.
        </p>
      )}
    </Section>
  )
}
