// The practice services: to start, and to choose where they run.
import { Button } from '@mantine/core'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { hostWords } from '../kit/format.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ServiceRow } from './service-row.tsx'
import listStyles from './service-step.module.css'

interface PracticeChoicesProps {
  services: ServiceView[]
  onChoose: (service: ServiceView, baseUrl?: string) => void
}

export function PracticeChoices({ services, onChoose }: PracticeChoicesProps) {
  const practice = useGrantdesk((state) => state.practice)
  const start = useCall('practice.start')
  return (
    <section className={listStyles.group} aria-label="Practice services">
      <h2>Practice services</h2>
      {practice.state === 'running' ? (
        <ul className={listStyles.services} aria-label="Practice services">
          {practice.services.map((one) => {
            const service = services.find((known) => known.id === one.serviceId)
            return (
              service && (
                <ServiceRow
                  key={one.baseUrl}
                  name={`Practice ${service.name}`}
                  words="in miniature, on this machine; its client is registered"
                  host={hostWords(one.baseUrl)}
                  onChoose={() => onChoose(service, one.baseUrl)}
                />
              )
            )
          })}
        </ul>
      ) : (
        <div className={listStyles.offer}>
          <p>
            The five services in miniature, on this machine. No account needed. Their accounts and tokens end when
            Grantdesk stops.
          </p>
          <Button
            variant="default"
            loading={start.pending || practice.state === 'starting'}
            onClick={() => void start.call({})}
          >
            Try with practice services
          </Button>
        </div>
      )}
      {practice.state === 'failed' && <p role="alert">They did not start: {practice.why}</p>}
      {start.failure && <FailurePanel failure={start.failure} onClose={start.clear} />}
    </section>
  )
}
