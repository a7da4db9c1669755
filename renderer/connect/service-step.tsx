// Step 1: which service. Practice services stand beside the real ones, so that nobody needs an account to try.
import { Button, TextInput } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import { isUnderWay } from '../../contract/attempt.ts'
import type { ServiceView } from '../../contract/service.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { hostWords } from '../kit/format.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { attemptWords } from './attempt-words.ts'
import classes from './connect.module.css'

interface ServiceStepProps {
  chosen: string | null
  onChoose: (service: ServiceView, baseUrl?: string) => void
  onResume: (attempt: Attempt) => void
  onClose: () => void
}

export function ServiceStep({ chosen, onChoose, onResume, onClose }: ServiceStepProps) {
  const services = useGrantdesk((state) => state.services)
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = services.filter((service) => {
    const text = `${service.name} ${service.description} ${service.base.default ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return (
    <>
      <div className={classes.body}>
        <UnderWay services={services} onResume={onResume} />
        <TextInput
          placeholder="Search services"
          aria-label="Search services"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ul className={classes.services} aria-label="Services">
          {found.map((service) => (
            <li key={service.id}>
              <button
                type="button"
                className={classes.service}
                aria-pressed={service.id === chosen}
                onClick={() => onChoose(service)}
              >
                <span className={classes.serviceName}>{service.name}</span>
                <span className={classes.serviceWords}>{service.description}</span>
                <span className={classes.serviceHost}>
                  {service.base.default === null ? <em>your own address</em> : hostWords(service.base.default)}
                </span>
                <IconChevronRight size={15} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && (
          <EmptyState
            title={services.length === 0 ? 'No services' : 'No service matches'}
            text="A service that is not here can be imported from a description file, on the Services page."
          />
        )}
        <Practice services={services} onChoose={onChoose} />
      </div>
      <footer className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </footer>
    </>
  )
}

function UnderWay({ services, onResume }: { services: ServiceView[]; onResume: (attempt: Attempt) => void }) {
  const attempts = useGrantdesk((state) => state.attempts)
  const open = attempts.filter(isUnderWay)
  if (open.length === 0) return null
  return (
    <ul className={classes.underWay} aria-label="Attempts under way">
      {open.map((attempt) => (
        <li key={attempt.id}>
          <span>
            <strong>{services.find((one) => one.id === attempt.serviceId)?.name ?? attempt.serviceId}</strong>
            {': '}
            {attemptWords(attempt).title}
          </span>
          <Button size="xs" variant="default" onClick={() => onResume(attempt)}>
            Go on with it
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface PracticeProps {
  services: ServiceView[]
  onChoose: (service: ServiceView, baseUrl?: string) => void
}

function Practice({ services, onChoose }: PracticeProps) {
  const practice = useGrantdesk((state) => state.practice)
  const start = useCall('practice.start')
  return (
    <section className={classes.practice} aria-label="Practice services">
      <h2>Practice services</h2>
      {practice.state === 'running' ? (
        <ul className={classes.services} aria-label="Practice services">
          {practice.services.map((one) => {
            const service = services.find((known) => known.id === one.serviceId)
            return (
              service && (
                <li key={one.baseUrl}>
                  <button
                    type="button"
                    className={classes.service}
                    onClick={() => onChoose(service, one.baseUrl)}
                    aria-label={`Practice ${service.name}`}
                  >
                    <span className={classes.serviceName}>{service.name}</span>
                    <span className={classes.serviceWords}>
                      in miniature, on this machine; its client is registered
                    </span>
                    <span className={classes.serviceHost}>{hostWords(one.baseUrl)}</span>
                    <IconChevronRight size={15} aria-hidden />
                  </button>
                </li>
              )
            )
          })}
        </ul>
      ) : (
        <div className={classes.practiceOffer}>
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
