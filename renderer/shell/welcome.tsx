// The first screen: two ways to begin while there are no connections; later, the connections that need attention or expire soon.
import { Button } from '@mantine/core'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useDeferredValue } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionState } from '../../contract/connection-state.ts'
import type { DamagedRecord } from '../../contract/damage.ts'
import { ExpiryCountdown } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords, hostWords } from '../kit/format.ts'
import { type Need, needOf, needWords } from '../kit/needs-you.ts'
import { Page, Section } from '../kit/page.tsx'
import { protectionWords } from '../kit/protection.ts'
import { stateWords, ToneShape } from '../kit/state-badge.tsx'
import { PracticeServices } from '../practice/practice-services.tsx'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { useNow } from '../state/use-now.ts'
import classes from './welcome.module.css'

const most = 6

function ServiceRows() {
  const services = useGrantdesk((state) => state.services)
  const go = useGrantdesk((state) => state.go)
  return (
    <ul className={classes.rows}>
      {services.map((service) => (
        <li key={service.id}>
          <button type="button" className={classes.row} onClick={() => go({ name: 'connect', serviceId: service.id })}>
            <span className={classes.name}>{service.name}</span>
            <span className={classes.words}>
              {service.base.default ? hostWords(service.base.default) : 'your own address'}
            </span>
            <IconChevronRight size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Practice() {
  const practice = useGrantdesk((state) => state.practice)
  const start = useCall('practice.start')
  const starting = start.pending || practice.state === 'starting'
  return (
    <Section
      title="Practice"
      aside={
        <Button size="compact-xs" variant="subtle" onClick={() => grantdesk.getState().go({ name: 'lessons' })}>
          Break it yourself: 12 classic failures
        </Button>
      }
    >
      {practice.state === 'running' ? (
        <PracticeServices />
      ) : (
        <div className={classes.practice}>
          <p>
            No account at hand? Five services in miniature run on this machine: real OAuth, invented people, nothing to
            register. Their accounts and tokens end when Grantdesk stops.
          </p>
          <Button variant="default" loading={starting} onClick={() => start.call({})}>
            Try with practice services
          </Button>
        </div>
      )}
      {start.failure && <FailurePanel failure={start.failure} />}
      {practice.state === 'failed' && !start.failure && <p className={classes.failed}>{practice.why}</p>}
    </Section>
  )
}

function Beginning() {
  const go = useGrantdesk((state) => state.go)
  const vault = useGrantdesk((state) => state.vault)
  return (
    <Page title="Welcome">
      <div className={classes.lead}>
        <p>
          Grantdesk holds your OAuth grants: it connects a workspace, keeps its tokens sealed, and shows what each may
          do, how long it lives, and every step of how it came.
        </p>
        <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => go({ name: 'connect' })}>
          Connect a service
        </Button>
      </div>
      <Practice />
      <Section title="Services">
        <ServiceRows />
      </Section>
      {vault.state === 'open' && (
        <p className={classes.note}>
          Everything secret is sealed in your vault, protected by {protectionWords(vault)}, and leaves it only when you
          copy or reveal it.
        </p>
      )}
    </Page>
  )
}

function whereWords({ serviceName, actsAs }: ConnectionView): string {
  return actsAs === null ? serviceName : `${serviceName} · acts as ${actsAs}`
}

interface ConnectionRowProps {
  connection: ConnectionView
  now: number
  /** What the person is asked for here; `null` in a list that asks for nothing. */
  need: Need | null
}

function ConnectionRow({ connection, now, need }: ConnectionRowProps) {
  const go = useGrantdesk((state) => state.go)
  const status = stateWords(connection, now)
  const { tone, word } = need === 'workspace' ? ({ tone: 'warn', word: 'not chosen' } as const) : status
  const open = () => {
    go({ name: 'connection', id: connection.id })
    if (need === 'workspace')
      grantdesk.getState().requestCommand({ connectionId: connection.id, command: 'choose_workspace' })
  }
  return (
    <li>
      <button type="button" className={classes.row} onClick={open}>
        <ToneShape tone={tone} />
        <span className={classes.name}>{connection.name}</span>
        <span className={classes.words}>
          {need === null ? whereWords(connection) : needWords(connection, need, now)}
        </span>
        <span className={classes.end} data-tone={tone}>
          {tone === 'good' ? <ExpiryCountdown connection={connection} /> : word}
        </span>
        <IconChevronRight size={14} aria-hidden="true" />
      </button>
    </li>
  )
}

function DamagedRow({ record }: { record: DamagedRecord }) {
  const go = useGrantdesk((state) => state.go)
  return (
    <li>
      <button type="button" className={classes.row} onClick={() => go({ name: 'connection', id: record.id })}>
        <ToneShape tone="bad" />
        <span className={classes.name}>{record.name}</span>
        <span className={classes.words}>{record.message}</span>
        <span className={classes.end} data-tone="bad">
          damaged
        </span>
        <IconChevronRight size={14} aria-hidden="true" />
      </button>
    </li>
  )
}

function Overview({ connections }: { connections: ConnectionView[] }) {
  const go = useGrantdesk((state) => state.go)
  const now = useNow()
  const damaged = useGrantdesk((state) => state.damaged).filter(({ kind }) => kind === 'connection')
  const held = connections.map((connection) => ({ connection, need: needOf(connection, now) }))
  const attention = held.filter(({ need }) => need !== null)
  const ending = held
    .filter(({ connection, need }) => connection.expiresAt !== null && need !== 'ending' && need !== 'attention')
    .map(({ connection }) => connection)
    .filter((each) => ['active', 'expiring'].includes(connectionState(each, now)))
    .toSorted((one, other) => (one.expiresAt ?? 0) - (other.expiresAt ?? 0))
  const services = new Set(connections.map((each) => each.serviceId)).size
  return (
    <Page
      title="Overview"
      aside={`${countWords(connections.length, 'connection')} at ${countWords(services, 'service')}`}
      actions={
        <Button size="xs" onClick={() => go({ name: 'connect' })}>
          Connect a service
        </Button>
      }
    >
      <Section title="Needs you">
        {attention.length + damaged.length === 0 ? (
          <p className={classes.quiet}>
            <ToneShape tone="good" /> Nothing needs your attention.
          </p>
        ) : (
          <ul className={classes.rows}>
            {damaged.slice(0, most).map((record) => (
              <DamagedRow key={record.id} record={record} />
            ))}
            {attention.slice(0, most).map(({ connection, need }) => (
              <ConnectionRow key={connection.id} connection={connection} now={now} need={need} />
            ))}
          </ul>
        )}
        {attention.length > most && (
          <Button variant="subtle" size="xs" mt={8} onClick={() => go({ name: 'inventory' })}>
            Show all {attention.length} in the inventory
          </Button>
        )}
      </Section>
      {ending.length > 0 && (
        <Section title="Ends next">
          <ul className={classes.rows}>
            {ending.slice(0, most).map((each) => (
              <ConnectionRow key={each.id} connection={each} now={now} need={null} />
            ))}
          </ul>
        </Section>
      )}
      <Practice />
    </Page>
  )
}

/** The screen that stands when nothing else was chosen. */
export function Welcome() {
  const connections = useDeferredValue(useGrantdesk((state) => state.connections))
  return connections.length === 0 ? <Beginning /> : <Overview connections={connections} />
}
