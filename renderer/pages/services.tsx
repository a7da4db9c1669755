// The catalogue: what Grantdesk knows of each service, what of it nobody confirmed, and the clients registered there.
import { Button, FileButton } from '@mantine/core'
import { IconChevronRight, IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords, hostWords } from '../kit/format.ts'
import { Page } from '../kit/page.tsx'
import { toast } from '../kit/toasts.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './pages.module.css'
import { ServiceClients } from './service-clients.tsx'
import { ServiceFacts } from './service-facts.tsx'
import { ServiceRemoval } from './service-removal.tsx'

function ServiceRow({ service, open, onToggle }: { service: ServiceView; open: boolean; onToggle(): void }) {
  const go = useGrantdesk((state) => state.go)
  const clients = useGrantdesk((state) => state.clients)
  const count = clients.filter((client) => client.serviceId === service.id).length
  const panel = `service-${service.id}`
  return (
    <div className={classes.disclosure}>
      <button
        type="button"
        className={classes.disclose}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={onToggle}
      >
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <span className={classes.serviceName}>{service.name}</span>
        <span className={classes.serviceWords}>{service.description}</span>
        {service.origin === 'imported' && <span className={`${classes.tag} ${classes.solid}`}>imported</span>}
        {service.unverified.length > 0 && <span className={classes.tag}>{service.unverified.length} unverified</span>}
        <span className={classes.serviceCount}>{count > 0 ? countWords(count, 'client') : ''}</span>
      </button>
      {open && (
        <div className={classes.opened} id={panel}>
          <ServiceFacts service={service} />
          <ServiceClients service={service} />
          <div className={classes.row} style={{ borderBottom: 0, marginTop: 12 }}>
            <Button
              size="xs"
              aria-label={`Connect ${service.name}`}
              onClick={() => go({ name: 'connect', serviceId: service.id })}
            >
              Connect
            </Button>
            {service.origin === 'imported' && <ServiceRemoval service={service} />}
          </div>
        </div>
      )}
    </div>
  )
}

/** The services page; `open` names the one to begin with. */
export function Services({ open }: { open?: string }) {
  const services = useGrantdesk((state) => state.services)
  const [opened, setOpened] = useState<string | null>(open ?? null)
  const load = useCall('services.import')
  const read = async (file: File | null) => {
    if (!file) return
    const answer = await load.call({ text: await file.text() })
    if (!answer.ok) return
    setOpened(answer.value.id)
    toast({ message: `${answer.value.name} imported from ${hostWords(file.name)}.`, tone: 'good' })
  }
  return (
    <Page
      title="Services"
      aside={countWords(services.length, 'service')}
      scrolls={false}
      actions={
        <FileButton accept="application/json,.json" onChange={read}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              loading={load.pending}
              leftSection={<IconFileImport size={14} aria-hidden="true" />}
            >
              Import from file
            </Button>
          )}
        </FileButton>
      }
    >
      {load.failure && (
        <div style={{ padding: '12px 24px' }}>
          <FailurePanel failure={load.failure} title="The file was not imported" onClose={load.clear} />
        </div>
      )}
      <div style={{ overflowY: 'auto' }}>
        {services.map((service) => (
          <ServiceRow
            key={service.id}
            service={service}
            open={opened === service.id}
            onToggle={() => setOpened(opened === service.id ? null : service.id)}
          />
        ))}
      </div>
    </Page>
  )
}
