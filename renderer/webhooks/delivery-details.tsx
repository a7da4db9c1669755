// One delivery whole: what its signature proves, what it tells, headers and body, and what can be done with it.

import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import { headerValue } from '../../contract/header-value.ts'
import type { ServiceView } from '../../contract/service.ts'
import type { Delivery, DeliveryDetail } from '../../contract/webhook.ts'
import { repeatWords, verdictSentence } from '../../contract/webhook-words.ts'
import { languageOf, prettyText } from '../code/body-text.ts'
import { CodeView } from '../code/code.tsx'
import { CopyText } from '../kit/copy-text.tsx'
import disclosureStyles from '../kit/disclosure.module.css'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { momentWords, sizeWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { Fact, Facts } from '../kit/page.tsx'
import { PairTable } from '../kit/recorded-text.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ReplayForm } from './replay-form.tsx'

interface DeliveryDetailsProps {
  delivery: Delivery
  service: ServiceView & { webhook: NonNullable<ServiceView['webhook']> }
  /** Where deliveries are sent on to. */
  address: string
  onAddress(address: string): void
}

export function DeliveryDetails({ delivery, service, address, onAddress }: DeliveryDetailsProps) {
  const { detail, failure } = useDetail(delivery.id)
  const remove = useCall('webhooks.clear')
  const { id, serviceId, repeats, lineEndLeftOut } = delivery
  return (
    <div
      className={`${disclosureStyles.opened} ${fieldStyles.fields}`}
      style={{ paddingTop: 12 }}
      id={`delivery-${id}`}
    >
      <p className={textStyles.words}>
        {verdictSentence(delivery, service.webhook.header)}
        {repeats && ` It repeats an earlier one: ${repeatWords(repeats)}.`}
        {lineEndLeftOut && ' The line end after the pasted body was left out: it does not belong to it.'}
      </p>
      <DeliveryFacts delivery={delivery} />
      {failure && <FailurePanel failure={failure} />}
      {detail && <Content detail={detail} />}
      <ReplayForm id={id} address={address} onAddress={onAddress} />
      {remove.failure && <FailurePanel failure={remove.failure} onClose={remove.clear} />}
      <div>
        <Button size="compact-sm" variant="default" onClick={() => void remove.call({ serviceId, id })}>
          Remove
        </Button>
      </div>
    </div>
  )
}

function useDetail(id: string): { detail: DeliveryDetail | null; failure: Failure | null } {
  const door = useDoor()
  const [state, setState] = useState<{ detail: DeliveryDetail | null; failure: Failure | null }>({
    detail: null,
    failure: null,
  })
  useEffect(() => {
    let isCurrent = true
    void door.call('webhooks.get', { id }).then((answer) => {
      if (!isCurrent) return
      setState(answer.ok ? { detail: answer.value, failure: null } : { detail: null, failure: answer.failure })
    })
    return () => {
      isCurrent = false
    }
  }, [door, id])
  return state
}

function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const go = useGrantdesk((state) => state.go)
  const { deliveryId, workspaceId, connection, actor, receivedAt, source, size } = delivery
  return (
    <Facts>
      {actor !== null && <Fact label="By">{actor}</Fact>}
      {workspaceId !== null && (
        <Fact label="Workspace">
          <Mono>{workspaceId}</Mono>{' '}
          {connection ? (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => go({ name: 'connection', id: connection.id })}
            >{`Open ${connection.name}`}</Button>
          ) : (
            <span className={textStyles.dim}>of no connection here</span>
          )}
        </Fact>
      )}
      {deliveryId !== null && (
        <Fact label="Delivery id">
          <Mono>{deliveryId}</Mono>
        </Fact>
      )}
      <Fact label={source === 'pasted' ? 'Pasted' : 'Received'}>
        {momentWords(receivedAt)}, {sizeWords(size)}
      </Fact>
    </Facts>
  )
}

function Content({ detail }: { detail: DeliveryDetail }) {
  const [part, setPart] = useState('body')
  const pairs = detail.headers.map(({ name, value }): [string, string] => [name, value])
  const language = languageOf(detail.body, headerValue(pairs, 'content-type'))
  return (
    <>
      <div className={rowStyles.inline}>
        <SegmentedControl
          size="xs"
          aria-label="Part of the delivery"
          value={part}
          onChange={setPart}
          data={[
            { value: 'body', label: 'Body' },
            { value: 'raw', label: 'Raw' },
            { value: 'headers', label: `Headers (${pairs.length})` },
          ]}
        />
        {part === 'headers' ? (
          <CopyText text={pairs.map(([name, value]) => `${name}: ${value}`).join('\n')} label="Copy headers" />
        ) : (
          detail.body !== '' && <CopyText text={detail.body} label="Copy body" />
        )}
      </div>
      {part === 'headers' && <PairTable pairs={pairs} label="Headers" />}
      {part !== 'headers' && detail.body === '' && (
        <p className={textStyles.quiet}>
          {detail.isBinary ? 'The body is no text, so it is not shown.' : 'The body is empty.'}
        </p>
      )}
      {part !== 'headers' && detail.body !== '' && (
        <CodeView
          text={part === 'raw' ? detail.body : prettyText(detail.body, language)}
          language={part === 'raw' ? 'text' : language}
          label="Body of the delivery"
        />
      )}
    </>
  )
}
