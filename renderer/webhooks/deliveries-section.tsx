// The deliveries of a service, newest first, as they come; one opens to its details. Others can be pasted; all can be cleared.
import { Button } from '@mantine/core'
import { IconChevronRight, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import type { Delivery, SignatureVerdict } from '../../contract/webhook.ts'
import { eventWords, repeatWords, verdictWords } from '../../contract/webhook-words.ts'
import { Confirm } from '../kit/confirm.tsx'
import { RelativeTime } from '../kit/countdown.tsx'
import disclosureStyles from '../kit/disclosure.module.css'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { OpenPage } from '../kit/open-page.tsx'
import rowStyles from '../kit/row.module.css'
import { type Tone, ToneBadge } from '../kit/state-badge.tsx'
import tagStyles from '../kit/tag.module.css'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { DeliveryDetails } from './delivery-details.tsx'
import { PasteForm } from './paste-form.tsx'
import { useDeliveries } from './use-deliveries.ts'
import classes from './webhooks.module.css'

const tones: Record<SignatureVerdict, Tone> = {
  fits: 'good',
  wrong: 'bad',
  missing: 'bad',
  malformed: 'bad',
  other_workspace: 'warn',
  no_secret: 'off',
}

interface DeliveriesSectionProps {
  service: ServiceView & { webhook: NonNullable<ServiceView['webhook']> }
  isListening: boolean
}

export function DeliveriesSection({ service, isListening }: DeliveriesSectionProps) {
  const { deliveries, failure } = useDeliveries(service.id)
  const [opened, setOpened] = useState<string | null>(null)
  const [pasting, setPasting] = useState(false)
  const [address, setAddress] = useState('')
  const count = deliveries?.length ?? 0
  return (
    <section aria-label="Deliveries">
      <div className={classes.head}>
        <h2>Deliveries</h2>
        {count > 0 && <span className={textStyles.dim}>{countWords(count, 'delivery', 'deliveries')}</span>}
        <Button size="compact-sm" variant="default" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          Paste one
        </Button>
        {count > 0 && <Clearing serviceId={service.id} count={count} />}
      </div>
      <div className={classes.inset}>
        {pasting && (
          <PasteForm
            service={service}
            onPasted={(id) => {
              setPasting(false)
              setOpened(id)
            }}
            onClose={() => setPasting(false)}
          />
        )}
        {failure && <FailurePanel failure={failure} />}
        {!failure && deliveries === null && (
          <p className={textStyles.text} role="status">
            Loading …
          </p>
        )}
      </div>
      {count === 0 && deliveries !== null && !pasting && <Nothing service={service} isListening={isListening} />}
      <ul className={rowStyles.rows} aria-label="Deliveries">
        {deliveries?.map((delivery) => (
          <li key={delivery.id} className={disclosureStyles.disclosure}>
            <DeliveryRow
              delivery={delivery}
              open={opened === delivery.id}
              onToggle={() => setOpened(opened === delivery.id ? null : delivery.id)}
            />
            {opened === delivery.id && (
              <DeliveryDetails delivery={delivery} service={service} address={address} onAddress={setAddress} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Nothing({ service, isListening }: { service: ServiceView; isListening: boolean }) {
  const practice = useGrantdesk((state) => state.practice)
  const running = practice.state === 'running' ? practice.services : []
  const page = running.find(({ serviceId }) => serviceId === service.id)?.webhooksUrl
  return (
    <EmptyState
      icon={<IconWebhook size={28} stroke={1.4} />}
      title={isListening ? 'Waiting for the first delivery' : 'Nothing has been delivered yet'}
      text={
        isListening
          ? `It appears here as soon as ${service.name} sends it.`
          : 'Start the listener, or paste a delivery that your own server logged.'
      }
      actions={page && <OpenPage url={page} label={`Send one from practice ${service.name}`} />}
    />
  )
}

const tag = `${tagStyles.tag} ${tagStyles.solid} ${classes.tag}`

interface DeliveryRowProps {
  delivery: Delivery
  open: boolean
  onToggle(): void
}

function DeliveryRow({ delivery, open, onToggle }: DeliveryRowProps) {
  const { id, verdict, actor, connection, workspaceId, repeats, source, receivedAt } = delivery
  const place = connection?.name ?? workspaceId
  return (
    <button
      type="button"
      className={`${disclosureStyles.disclose} ${classes.row}`}
      aria-expanded={open}
      aria-controls={open ? `delivery-${id}` : undefined}
      onClick={onToggle}
    >
      <IconChevronRight size={14} className={disclosureStyles.chevron} aria-hidden="true" />
      <span className={classes.event}>{eventWords(delivery)}</span>
      <span className={classes.verdict}>
        <ToneBadge tone={tones[verdict]} word={verdictWords[verdict]} quiet />
      </span>
      <span className={`${textStyles.dim} ${classes.whose}`}>
        {[actor, place].filter((one) => one !== null).join(', ')}
      </span>
      {repeats && <span className={tag}>{repeatWords(repeats)}</span>}
      {source === 'pasted' && <span className={tag}>pasted</span>}
      <span className={`${rowStyles.count} ${classes.when}`}>
        <RelativeTime at={receivedAt} />
      </span>
    </button>
  )
}

function Clearing({ serviceId, count }: { serviceId: string; count: number }) {
  const clear = useCall('webhooks.clear')
  const [asking, setAsking] = useState(false)
  async function confirm() {
    const answer = await clear.call({ serviceId })
    if (answer.ok) setAsking(false)
  }
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Clear
      </Button>
      <Confirm
        opened={asking}
        title={`Clear ${countWords(count, 'delivery', 'deliveries')}?`}
        action="Clear"
        pending={clear.pending}
        failure={clear.failure}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        They are removed from this machine. The listener goes on.
      </Confirm>
    </>
  )
}
