// A test request with this connection's token: choose or write one, send it, read what came back.
import { Button } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { methods, type RequestResult } from '../../contract/request.ts'
import type { ReadyRequest, ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { ShowStartedFlow } from '../kit/show-flow.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import textStyles from '../kit/text.module.css'
import { useDoor } from '../state/door.tsx'
import { usePendingCommand } from '../state/use-pending-command.ts'
import { AddedHeadersList } from './added-headers-list.tsx'
import panelStyles from './panel.module.css'
import { draftOf, openPlaceholders, type RequestDraft, requestOf, takesBody } from './ready-request.ts'
import { keepDraft, keptDraft } from './request-drafts.ts'
import { ReadyChoice, RequestHint, RequestLine } from './request-line.tsx'
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
  const [draft, setDraft] = useState(() => keptDraft(connection.id) ?? firstDraft(ready, connection))
  const [chosen, setChosen] = useState('')
  const { key, result, failure, send, cancel, fail } = useSending(connection.id)
  const copy = useSecretCopy()
  const open = openPlaceholders(draft, connection, service)
  const asksPath = service?.identity.length === 0 || connection.testPath !== null
  const unusable = notSendableWords(connection)
  const form = useRef<HTMLFormElement>(null)
  // Sending may change things at the service: the command brings the person to the button, and Enter sends.
  usePendingCommand(connection.id, 'send', () => focusSend(form.current))
  // It was sent before: the same is sent at once, another one only after the person has seen it.
  usePendingCommand(connection.id, 'send_again', ({ request }) => {
    if (request === undefined) return
    if (isRequest(draft, request) && open.length === 0 && key === null) return void send(draft)
    change({ ...blank, path: request.path, method: methods.find((one) => one === request.method) ?? draft.method })
    focusSend(form.current)
  })

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
        {ready.length > 0 && <ReadyChoice ready={ready} service={service} chosen={chosen} onChoose={choose} />}
        <RequestLine
          draft={draft}
          canSend={open.length === 0}
          sending={key !== null}
          onChange={change}
          onCancel={cancel}
        />
        <div className={classes.hintRow}>
          <RequestHint open={open} connection={connection} service={service} />
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
      <Response connection={connection} sending={key !== null} failure={failure} result={result} onFailure={fail} />
    </div>
  )
}

const pathOf = (path: string) => path.trim().split('?')[0]

/** Whether a flow about `request` was of this draft; flows keep the path without its query. */
function isRequest(draft: RequestDraft, request: { method: string; path: string }): boolean {
  return draft.method === request.method && pathOf(draft.path) === pathOf(request.path)
}

interface ResponseProps {
  connection: ConnectionView
  sending: boolean
  failure: Failure | null
  result: { key: string; value: RequestResult } | null
  onFailure: (failure: Failure | null) => void
}

function Response({ connection, sending, failure, result, onFailure }: ResponseProps) {
  return (
    <section className={classes.response} aria-label="Response" aria-busy={sending}>
      {sending && (
        <p className={textStyles.words} role="status">
          Waiting for the API …
        </p>
      )}
      {!sending && failure && (
        <FailurePanel failure={failure} onClose={() => onFailure(null)}>
          <StartPractice failure={failure} clientId={connection.clientId} />
          <ShowStartedFlow connectionId={connection.id} kind="request" />
        </FailurePanel>
      )}
      {!sending && result && <ResponseView requestKey={result.key} result={result.value} onFailure={onFailure} />}
      {!sending && !failure && !result && (
        <p className={textStyles.quiet}>The response appears here: status, time, headers, rate limit, body.</p>
      )}
    </section>
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
