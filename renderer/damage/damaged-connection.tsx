// The middle column for a connection whose profile is damaged: what is known of it, and what can be done.
import type { DamagedRecord } from '../../contract/damage.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Fact, Facts, Page, Section } from '../kit/page.tsx'
import { ToneBadge } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import { RecoverButton } from './recover-button.tsx'
import { RemoveDamaged } from './remove-damaged.tsx'

export function DamagedConnection({ record }: { record: DamagedRecord }) {
  const { id, name, serviceId, message, remedy, since, recoverable } = record
  const service = useGrantdesk((state) => state.services.find((one) => one.id === serviceId))
  return (
    <Page title={name} aside={<ToneBadge tone="bad" word="damaged" />}>
      <Section title="What happened">
        <FailurePanel failure={{ kind: 'vault_broken', message, remedy }} title="This connection is damaged.">
          {recoverable && <RecoverButton />}
          <RemoveDamaged record={record} />
        </FailurePanel>
      </Section>
      <Section title="What is known">
        <Facts>
          <Fact label="Id">{id}</Fact>
          <Fact label="Service">{service?.name ?? serviceId ?? 'not readable'}</Fact>
          <Fact label="Found">
            <RelativeTime at={since} />
          </Fact>
        </Facts>
      </Section>
    </Page>
  )
}
