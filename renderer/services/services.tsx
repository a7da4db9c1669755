// The catalogue: what Grantdesk knows of each service, what of it nobody confirmed, and the clients registered there.
import { Button, TextInput } from '@mantine/core'
import { IconChevronRight, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { type ClientToOpen, ServiceClients } from '../clients/service-clients.tsx'
import { DamagedRecords } from '../damage/damaged-records.tsx'
import disclosureStyles from '../kit/disclosure.module.css'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { Page } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import tagStyles from '../kit/tag.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ServiceCertificates } from './service-certificates.tsx'
import { ServiceExport } from './service-export.tsx'
import { ServiceFacts } from './service-facts.tsx'
import { ServiceImport } from './service-import.tsx'
import { ServiceRemoval } from './service-removal.tsx'
import classes from './services.module.css'
import { WebhookCheck } from './webhook-check.tsx'

function isOwn({ origin }: ServiceView): boolean {
  return origin === 'imported' || origin === 'adjusted'
}

const groups: [name: string, origins: ServiceView['origin'][]][] = [
  ['Built in', ['built_in']],
  ['More services', ['preset']],
  ['Your own', ['adjusted', 'imported']],
]

interface ServiceRowProps {
  service: ServiceView
  open: boolean
  /** A client of it that is to be changed at once. */
  client: ClientToOpen | undefined
  onToggle(): void
}

function ServiceRow({ service, open, client, onToggle }: ServiceRowProps) {
  const go = useGrantdesk((state) => state.go)
  const clients = useGrantdesk((state) => state.clients)
  const count = clients.filter((client) => client.serviceId === service.id).length
  const vaultIsOpen = useGrantdesk((state) => state.vault.state === 'open')
  const panel = `service-${service.id}`
  return (
    <div className={disclosureStyles.disclosure}>
      <button
        type="button"
        className={disclosureStyles.disclose}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={onToggle}
      >
        <IconChevronRight size={14} className={disclosureStyles.chevron} aria-hidden="true" />
        <span className={classes.serviceName}>{service.name}</span>
        <span className={classes.serviceWords}>{service.description}</span>
        {isOwn(service) && <span className={`${tagStyles.tag} ${tagStyles.solid}`}>{service.origin}</span>}
        {service.unverified.length > 0 && <span className={tagStyles.tag}>{service.unverified.length} unverified</span>}
        <span className={rowStyles.count}>{count > 0 ? countWords(count, 'client') : ''}</span>
      </button>
      {open && (
        <div className={disclosureStyles.opened} id={panel}>
          <ServiceFacts service={service} />
          <ServiceClients service={service} begin={client} />
          {vaultIsOpen && <ServiceCertificates service={service} />}
          {service.webhook && <WebhookCheck service={service} webhook={service.webhook} />}
          <div className={classes.buttons}>
            <Button
              size="xs"
              aria-label={`Connect ${service.name}`}
              onClick={() => go({ name: 'connect', serviceId: service.id })}
            >
              Connect
            </Button>
            <Button
              variant="default"
              size="xs"
              aria-label={`Edit ${service.name}`}
              onClick={() => go({ name: 'describe', serviceId: service.id })}
            >
              Edit
            </Button>
            <ServiceExport service={service} />
            {isOwn(service) && <ServiceRemoval service={service} />}
          </div>
        </div>
      )}
    </div>
  )
}

/** By the words of its name, its id, its description and its addresses. */
function matches({ name, id, description, base, endpoints }: ServiceView, search: string): boolean {
  const text = [name, id, description, base.default ?? base.example, endpoints.authorization].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

interface ServicesProps {
  /** The service to begin with. */
  open?: string | undefined
  /** A client of it that is to be changed at once. */
  client?: ClientToOpen | undefined
}

/** The services page. */
export function Services({ open, client }: ServicesProps) {
  const go = useGrantdesk((state) => state.go)
  const services = useGrantdesk((state) => state.services)
  const [opened, setOpened] = useState<string | null>(open ?? null)
  const [search, setSearch] = useState('')
  const load = useCall('services.import')
  const found = services.filter((service) => matches(service, search))
  return (
    <Page
      title="Services"
      aside={countWords(services.length, 'service')}
      scrolls={false}
      actions={
        <>
          <ServiceImport load={load} onImported={setOpened} />
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => go({ name: 'describe' })}>
            Add a service
          </Button>
        </>
      }
    >
      {load.failure && (
        <div style={{ padding: '12px 24px' }}>
          <FailurePanel failure={load.failure} title="The file was not imported" onClose={load.clear} />
        </div>
      )}
      <div style={{ overflowY: 'auto' }}>
        <div className={classes.search}>
          <TextInput
            size="xs"
            placeholder="Search services"
            aria-label="Search services"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <DamagedRecords isShown={({ kind }) => ['service', 'client', 'client_secret'].includes(kind)} />
        {found.length === 0 && (
          <p className={classes.nothing} role="status">
            No service matches “{search.trim()}”.
          </p>
        )}
        {groups.map(([name, origins]) => {
          const members = found.filter(({ origin }) => origins.includes(origin))
          return members.length === 0 ? null : (
            <section key={name} aria-label={name}>
              <h2 className={classes.groupName}>{name}</h2>
              {members.map((service) => (
                <ServiceRow
                  key={service.id}
                  service={service}
                  open={opened === service.id}
                  client={service.id === open ? client : undefined}
                  onToggle={() => setOpened(opened === service.id ? null : service.id)}
                />
              ))}
            </section>
          )
        })}
      </div>
    </Page>
  )
}
