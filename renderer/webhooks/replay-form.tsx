// Sends a delivery on to the person's own server on this machine, as it was received, and shows what that answered.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { elapsedText } from '../../contract/flow/elapsed.ts'
import type { ReplayResult } from '../../contract/webhook.ts'
import { CodeView } from '../code/code.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import rowStyles from '../kit/row.module.css'
import { ToneBadge } from '../kit/state-badge.tsx'
import { useCall } from '../state/use-call.ts'
import classes from './webhooks.module.css'

interface ReplayFormProps {
  id: string
  address: string
  onAddress(address: string): void
}

export function ReplayForm({ id, address, onAddress }: ReplayFormProps) {
  const replay = useCall('webhooks.replay')
  const [result, setResult] = useState<ReplayResult | null>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (address.trim() === '') return
    setResult(null)
    const answer = await replay.call({ id, url: address })
    if (answer.ok) setResult(answer.value)
  }

  return (
    <form className={fieldStyles.fields} onSubmit={(event) => void submit(event)}>
      <div className={rowStyles.inline} style={{ flexWrap: 'wrap', alignItems: 'flex-end' }}>
        <TextInput
          size="xs"
          className={classes.address}
          label="Send it to your own server"
          description="On this machine. Headers, signature and body go as they came; redirects are not followed."
          placeholder="http://localhost:3000/webhook"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          value={address}
          onChange={(event) => onAddress(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" loading={replay.pending} disabled={address.trim() === ''}>
          Send
        </Button>
      </div>
      {replay.failure && <FailurePanel failure={replay.failure} onClose={replay.clear} />}
      {result && (
        <div role="status">
          <ToneBadge
            tone={result.status < 400 ? 'good' : 'bad'}
            word={`Answered ${result.status} after ${elapsedText(result.took)}`}
            quiet
          />
        </div>
      )}
      {result && result.body !== '' && (
        <CodeView text={result.body} language="text" label="Answer of your server" maxHeight={240} />
      )}
    </form>
  )
}
