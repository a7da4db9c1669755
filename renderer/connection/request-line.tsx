// The first lines of a test request: a ready-made one to start from, method and path, sending and cancelling.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSend, IconX } from '@tabler/icons-react'
import type { ConnectionView } from '../../contract/connection.ts'
import { placementWords } from '../../contract/placement-words.ts'
import { methods } from '../../contract/request.ts'
import type { ReadyRequest, ServiceView } from '../../contract/service.ts'
import textStyles from '../kit/text.module.css'
import { isUnverified } from '../kit/unverified.ts'
import type { RequestDraft } from './ready-request.ts'
import classes from './requests-tab.module.css'

interface ReadyChoiceProps {
  ready: ReadyRequest[]
  service: ServiceView | undefined
  /** Its place in the list; empty for none. */
  chosen: string
  onChoose: (index: string) => void
}

export function ReadyChoice({ ready, service, chosen, onChoose }: ReadyChoiceProps) {
  const marks = { unverified: service?.unverified ?? [] }
  return (
    <NativeSelect
      size="xs"
      aria-label="Ready-made request"
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[
        {
          value: '',
          label: `${service?.name ?? 'The service'}’s ready-made requests …`,
        },
        ...ready.map((one, index) => ({
          value: String(index),
          label: readyLabel(one, one.unverified || isUnverified(marks, `requests.${index}`)),
        })),
      ]}
    />
  )
}

function readyLabel({ name, method, path }: ReadyRequest, unverified: boolean): string {
  return `${name} — ${method} ${path}${unverified ? ' (unverified)' : ''}`
}

interface RequestLineProps {
  draft: RequestDraft
  canSend: boolean
  sending: boolean
  onChange: (next: Partial<RequestDraft>) => void
  onCancel: () => void
}

export function RequestLine({ draft, canSend, sending, onChange, onCancel }: RequestLineProps) {
  return (
    <div className={classes.requestLine}>
      <NativeSelect
        size="xs"
        className={classes.method}
        aria-label="Method"
        value={draft.method}
        onChange={(event) => onChange({ method: event.currentTarget.value as RequestDraft['method'] })}
        data={[...methods]}
      />
      <TextInput
        size="xs"
        className={classes.path}
        aria-label="Path"
        aria-describedby="request-origin"
        spellCheck={false}
        autoComplete="off"
        value={draft.path}
        onChange={(event) => onChange({ path: event.currentTarget.value })}
      />
      {!sending ? (
        <Button
          type="submit"
          size="xs"
          leftSection={<IconSend size={14} aria-hidden />}
          disabled={!canSend || draft.path.trim() === ''}
        >
          Send
        </Button>
      ) : (
        <Button size="xs" variant="default" leftSection={<IconX size={14} aria-hidden />} onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}

interface RequestHintProps {
  /** Placeholders that are still to be filled in. */
  open: string[]
  connection: ConnectionView
  service: ServiceView | undefined
}

/** Where the request goes, or what is missing before it can. */
export function RequestHint({ open, connection, service }: RequestHintProps) {
  return (
    <p className={textStyles.hint} id="request-origin">
      {open.length > 0 ? (
        <strong>
          Fill in {open.join(', ')} before sending.
          {open.includes('{slug}') && service?.workspaceByHand && ' The workspace can be named above, once for all.'}
        </strong>
      ) : (
        <>
          Sent to <code>{connection.apiRoot}</code> with <code>{placementWords(connection.bearer)}</code>
        </>
      )}
    </p>
  )
}
