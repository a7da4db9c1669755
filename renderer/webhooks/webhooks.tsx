// What services send to webhooks: a listener on this machine, the secrets that deliveries are checked with, and what came.
import { NativeSelect } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import type { WebhookView } from '../../contract/webhook.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { Page } from '../kit/page.tsx'
import { useGrantdesk } from '../state/store.ts'
import { DeliveriesSection } from './deliveries-section.tsx'
import { ListenerSection } from './listener-section.tsx'
import { SecretsSection } from './secrets-section.tsx'
import classes from './webhooks.module.css'

interface WebhooksProps {
  /** The service to begin with. */
  begin?: string | undefined
}

/** The page of webhooks, of one service at a time. */
export function Webhooks({ begin }: WebhooksProps) {
  const services = useGrantdesk((state) => state.services)
  const webhooks = useGrantdesk((state) => state.webhooks)
  const declaring = services.flatMap((service) => (service.webhook ? [{ ...service, webhook: service.webhook }] : []))
  const [chosen, setChosen] = useState(begin)
  const service = declaring.find(({ id }) => id === (chosen ?? likeliest(webhooks))) ?? declaring[0]
  if (!service) {
    return (
      <Page title="Webhooks">
        <EmptyState
          icon={<IconWebhook size={28} stroke={1.4} />}
          title="No service says how it signs what it sends"
          text="A service’s description says it in the field webhook."
        />
      </Page>
    )
  }
  const view = webhooks.find(({ serviceId }) => serviceId === service.id)
  return (
    <Page
      title="Webhooks"
      scrolls={false}
      actions={
        <NativeSelect
          size="xs"
          aria-label="Service"
          value={service.id}
          data={declaring.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      }
    >
      <div style={{ overflowY: 'auto' }}>
        <div className={classes.top}>
          <ListenerSection key={`listener ${service.id}`} service={service} listener={view?.listener ?? null} />
          <SecretsSection key={`secrets ${service.id}`} service={service} secrets={view?.secrets ?? []} />
        </div>
        <DeliveriesSection key={`deliveries ${service.id}`} service={service} isListening={Boolean(view?.listener)} />
      </div>
    </Page>
  )
}

/** The one that listens, or that has a secret. */
function likeliest(webhooks: WebhookView[]): string | undefined {
  return (webhooks.find(({ listener }) => listener !== null) ?? webhooks[0])?.serviceId
}
