// A test request with this connection's token: choose or write one, send it, read what came back.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSend, IconX } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { placementWords } from '../../contract/placement-words.ts'
import { methods, type RequestResult } from '../../contract/request.ts'
import type { ReadyRequest, ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import textStyles from '../kit/text.module.css'
import { isUnverified } from '../kit/unverified.ts'
import { useDoor } from '../state/door.tsx'
import { usePendingCommand } from '../state/use-pending-command.ts'
import { AddedHeadersList } from './added-headers-list.tsx'
import panelStyles from './panel.module.css'
import { draftOf, openPlaceholders, type RequestDraft, requestOf, takesBody } from './ready-request.ts'
import { keepDraft, keptDraft } from './request-drafts.ts'
import { RequestParts } from './request-parts.tsx'
import classes from './requests-tab.module.css'
import { ResponseView } from './response-view.tsx'
import { TestPath } from './test-path.tsx'
import { notSendableWords } from './unusable.ts'
import { useSecretCopy } from './use-secret-copy.tsx'

interface RequestsTabProps {
  connection: ConnectionView
  service: ServiceView | undefined
}

const blank: RequestDraft = { method: 'GET', path: '/', headers: [], body: '' }

export function RequestsTab({ connection, service }: RequestsTabProps) {
  const ready = service?.requests ?? []
  const marks = { unverified: service?.unverified ?? [] }
  const [draft, setDraft] = useState(() => keptDraft(connection.id) ?? firstDraft(ready, connection))
  const [chosen, setChosen] = useState('')
  const { key, result, failure, send, cancel, fail } = useSending(connection.id)
  const copy = useSecretCopy()
  const open = openPlaceholders(draft, connection, service)
  const { bearer } = connection
  const asksPath = service?.identity.length === 0 || connection.testPath !== null
  const unusable = notSendableWords(connection)
  const form = useRef<HTMLFormElement>(null)
  // Sending may change things at the service: the command brings the person to the button, and Enter sends.
  usePendingCommand(connection.id, 'send', () => focusSend(form.current))

  function change(next: Partial<RequestDraft>) {
    const whole = { ...draft, ...next }
    setDraft(whole)
    keepDraft(connection.id, whole)
  }

  function choose(index: string) {
    const request = ready[Number(index)]
    setChosen(index)
    if (index !== '' && request) change(draftOf(request, connection))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (open.length === 0 && key === null) void send(draft)
  }

  async function copyAsCurl() {
    fail(
      await copy({
        id: connection.id,
        what: 'curl',
        request: requestOf(draft),
      }),
    )
  }

  return (
    <div className={panelStyles.panel}>
      {asksPath && <TestPath connection={connection} />}
      <form ref={form} className={classes.request} onSubmit={submit}>
        {ready.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label="Ready-made request"
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value)}
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
        )}
        <div className={classes.requestLine}>
          <NativeSelect
            size="xs"
            className={classes.method}
            aria-label="Method"
            value={draft.method}
            onChange={(event) =>
              change({
                method: event.currentTarget.value as RequestDraft['method'],
              })
            }
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
            onChange={(event) => change({ path: event.currentTarget.value })}
          />
          {key === null ? (
            <Button
              type="submit"
              size="xs"
              leftSection={<IconSend size={14} aria-hidden />}
              disabled={open.length > 0 || draft.path.trim() === ''}
            >
              Send
            </Button>
          ) : (
            <Button size="xs" variant="default" leftSection={<IconX size={14} aria-hidden />} onClick={cancel}>
              Cancel
            </Button>
          )}
        </div>
        <div className={classes.hintRow}>
          <p className={textStyles.hint} id="request-origin">
            {open.length > 0 ? (
              <strong>
                Fill in {open.join(', ')} before sending.
                {open.includes('{slug}') &&
                  service?.workspaceByHand &&
                  ' The workspace can be named above, once for all.'}
              </strong>
            ) : (
              <>
                Sent to <code>{connection.apiRoot}</code> with <code>{placementWords(bearer)}</code>
              </>
            )}
          </p>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={open.length > 0 || unusable !== undefined}
            title={unusable}
            onClick={() => void copyAsCurl()}
          >
            Copy request as curl
          </Button>
        </div>
        <RequestParts draft={draft} withBody={takesBody(draft.method)} onChange={change}>
          <AddedHeadersList connection={connection} service={service} typed={draft.headers.map(({ name }) => name)} />
        </RequestParts>
      </form>
      <section className={classes.response} aria-label="Response" aria-busy={key !== null}>
        {key !== null && (
          <p className={textStyles.words} role="status">
            Waiting for the API …
          </p>
        )}
        {key === null && failure && (
          <FailurePanel failure={failure} onClose={() => fail(null)}>
            <StartPractice failure={failure} clientId={connection.clientId} />
          </FailurePanel>
        )}
        {key === null && result && <ResponseView requestKey={result.key} result={result.value} onFailure={fail} />}
        {key === null && !failure && !result && (
          <p className={textStyles.quiet}>The response appears here: status, time, headers, rate limit, body.</p>
        )}
      </section>
    </div>
  )
}

/** The button itself, or the path where something is still to be filled in. */
function focusSend(form: HTMLFormElement | null) {
  // The tab is drawn in the same moment as the command is carried out.
  requestAnimationFrame(() => {
    const send = form?.querySelector<HTMLElement>('button[type=submit]:enabled')
    const target = send ?? form?.querySelector<HTMLElement>('input[aria-label=Path]')
    target?.focus()
  })
}

function firstDraft(ready: ReadyRequest[], connection: ConnectionView): RequestDraft {
  return ready[0] ? draftOf(ready[0], connection) : { ...blank, path: connection.testPath ?? blank.path }
}

function readyLabel({ name, method, path }: ReadyRequest, unverified: boolean): string {
  return `${name} — ${method} ${path}${unverified ? ' (unverified)' : ''}`
}

/** One request at a time; what came back stays until the next is sent, and never below another's failure. */
function useSending(connectionId: string) {
  const door = useDoor()
  const [key, setKey] = useState<string | null>(null)
  const [result, setResult] = useState<{ key: string; value: RequestResult } | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const current = useRef<string | null>(null)

  async function send(draft: RequestDraft) {
    const own = crypto.randomUUID()
    current.current = own
    setKey(own)
    setFailure(null)
    setResult(null)
    const answer = await door.call('requests.send', {
      key: own,
      connectionId,
      ...requestOf(draft),
    })
    if (current.current !== own) return
    current.current = null
    setKey(null)
    if (answer.ok) setResult({ key: own, value: answer.value })
    else setFailure(answer.failure)
  }

  function cancel() {
    if (current.current) void door.call('requests.cancel', { key: current.current })
  }

  return { key, result, failure, send, cancel, fail: setFailure }
}
