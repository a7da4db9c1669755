// The listener of a service: started and stopped here, with its address, how it becomes reachable, and what it refused.
import { Button } from '@mantine/core'
import type { ServiceView } from '../../contract/service.ts'
import type { WebhookListenerView } from '../../contract/webhook.ts'
import { refusedWords, tunnelWords } from '../../contract/webhook-words.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Mono } from '../kit/mono.tsx'
import { Notice } from '../kit/notice.tsx'
import { Section } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import { ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'

interface ListenerSectionProps {
  service: Pick<ServiceView, 'id' | 'name'>
  listener: WebhookListenerView | null
}

export function ListenerSection({ service, listener }: ListenerSectionProps) {
  const start = useCall('webhooks.start')
  const stop = useCall('webhooks.stop')
  const { id: serviceId, name } = service
  const failure = start.failure ?? stop.failure
  return (
    <Section
      title="Listener"
      aside={
        listener ? (
          <Button size="compact-sm" variant="default" loading={stop.pending} onClick={() => stop.call({ serviceId })}>
            Stop
          </Button>
        ) : (
          <Button size="compact-sm" loading={start.pending} onClick={() => start.call({ serviceId })}>
            Start
          </Button>
        )
      }
    >
      {listener ? (
        <Running listener={listener} name={name} />
      ) : (
        <p className={textStyles.text}>Receives on this machine what {name} sends to a webhook.</p>
      )}
      {failure && <FailurePanel failure={failure} onClose={() => (start.failure ? start.clear() : stop.clear())} />}
    </Section>
  )
}

function Running({ listener, name }: { listener: WebhookListenerView; name: string }) {
  const { url, port, movedFrom, refused } = listener
  return (
    <div className={fieldStyles.fields} style={{ paddingTop: 10 }}>
      <span className={rowStyles.inline} style={{ flexWrap: 'wrap' }}>
        <ToneBadge tone="good" word="listening" />
        <Mono>{url}</Mono>
        <CopyText text={url} label="Copy address" />
      </span>
      <p className={textStyles.quiet}>{tunnelWords(name, port)}</p>
      {movedFrom !== null && (
        <Notice>
          Another program uses port {movedFrom}, which the listener had last time. A tunnel has to lead to {port} now.
        </Notice>
      )}
      {refused.length > 0 && (
        <p className={textStyles.quiet}>
          Refused since it started: {refused.map(({ reason, count }) => `${count} ${refusedWords[reason]}`).join(', ')}.
        </p>
      )}
    </div>
  )
}
