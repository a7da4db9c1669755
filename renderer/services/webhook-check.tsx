// Whether a webhook's signature fits its body: signature, secret and body are asked for, and nothing of them is kept. The
// secret leaves this form with the call.
import { Button, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Mono } from '../kit/mono.tsx'
import { Notice } from '../kit/notice.tsx'
import { Section } from '../kit/page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import rowStyles from '../kit/row.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './webhook-check.module.css'

interface WebhookCheckProps {
  service: ServiceView
  webhook: NonNullable<ServiceView['webhook']>
}

export function WebhookCheck({ service, webhook }: WebhookCheckProps) {
  const go = useGrantdesk((state) => state.go)
  const [open, setOpen] = useState(false)
  return (
    <Section title="Webhooks">
      <div className={rowStyles.row}>
        <p style={{ margin: 0 }}>
          {service.name} signs what it sends in <Mono>{webhook.header}</Mono>: {webhook.encoding}{' '}
          {webhook.algorithm.toUpperCase()} of the raw body.
        </p>
        <Button size="compact-xs" variant="subtle" onClick={() => go({ name: 'webhooks', serviceId: service.id })}>
          Receive deliveries
        </Button>
        <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          Check a signature
        </Button>
      </div>
      {open && <SignatureForm id={service.id} webhook={webhook} />}
    </Section>
  )
}

function SignatureForm({ id, webhook }: { id: string; webhook: WebhookCheckProps['webhook'] }) {
  const check = useCall('services.checkSignature')
  const [signature, setSignature] = useState('')
  const [secret, setSecret] = useState('')
  const [body, setBody] = useState('')
  const [fits, setFits] = useState<boolean | null>(null)
  const missing = signature.trim() === '' || secret === ''

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (missing) return
    setSecret('')
    setFits(null)
    const answer = await check.call({ id, signature, secret, body })
    if (answer.ok) setFits(answer.value.fits)
  }

  return (
    <form
      className={fieldStyles.fields}
      style={{ marginTop: 12 }}
      onSubmit={(event) => void submit(event)}
      autoComplete="off"
    >
      <PastedField
        kind="id"
        size="xs"
        label={webhook.header}
        placeholder={`${webhook.prefix}…`}
        spellCheck={false}
        value={signature}
        onValue={setSignature}
      />
      <PastedField
        kind="webhook_secret"
        secret
        size="xs"
        label="Secret of the webhook"
        description="Used for this check alone, and asked for again for the next."
        autoComplete="off"
        spellCheck={false}
        value={secret}
        onValue={setSecret}
      />
      <Textarea
        size="xs"
        label="Raw body"
        description="As it came: a blank or the end of a line more makes another body."
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" size="xs" loading={check.pending} disabled={missing}>
          Check
        </Button>
      </div>
      {fits === true && (
        <p className={classes.fits} role="status">
          <IconCheck size={15} aria-hidden /> The signature fits this body and this secret.
        </p>
      )}
      {fits === false && (
        <Notice>
          The signature does not fit. Either the body is not the raw one, the secret is that of another webhook, or
          somebody else sent this.
        </Notice>
      )}
      {check.failure && <FailurePanel failure={check.failure} onClose={check.clear} />}
    </form>
  )
}
