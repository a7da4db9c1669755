// Connecting in four short steps: service, client, grant and scopes, watch it happen. Owns the draft, so that going
// back keeps everything; hands it to the host once, and forgets the client secret right after.
import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ReconnectChanges } from '../../contract/flow/diagnosis.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { reconnects } from '../state/attempts.ts'
import { useDoor } from '../state/door.tsx'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ClientStep } from './client-step.tsx'
import {
  beginDraft,
  type ConnectDraft,
  chooseGrant,
  chooseService,
  handedOver,
  resumeDraft,
  stepToRetype,
  withChanges,
} from './connect-draft.ts'
import { connectInputOf, stepOfIssue } from './connect-input.ts'
import classes from './connect-wizard.module.css'
import { GrantStep } from './grant-step.tsx'
import { browses } from './grant-words.ts'
import { ServiceStep } from './service-step.tsx'
import stepStyles from './step.module.css'
import { StepTrail } from './step-trail.tsx'
import { openVisitTab } from './visit-tab.ts'
import { WatchStep } from './watch-step.tsx'

export interface ConnectWizardProps {
  initial?: {
    serviceId?: string | undefined
    baseUrl?: string | undefined
    clientId?: string | undefined
    /** The connection whose tokens are to be replaced. */
    reconnect?: string | undefined
    /** What is done otherwise than before. */
    changes?: ReconnectChanges | undefined
    /** Begins without another click where nothing is missing. */
    atOnce?: boolean | undefined
    /** An attempt under way, to be watched again. */
    attempt?: string | undefined
  }
  /** Whether it is left as soon as it is connected, because something waits for that. */
  leavesWhenDone?: boolean
  onDone: (connectionId: string) => void
  onClose: () => void
}

/** The wizard; another `initial` begins it anew. */
export function ConnectWizard(props: ConnectWizardProps) {
  return <Wizard key={JSON.stringify(props.initial ?? {})} {...props} />
}

function begin(initial: ConnectWizardProps['initial']): { draft: ConnectDraft; attempt: Attempt | null } {
  const { services, clients, connections, attempts, flows } = grantdesk.getState()
  const attempt = attempts.find((one) => one.id === initial?.attempt) ?? null
  const reconnected = attempt ? reconnectedBy(attempt, flows) : initial?.reconnect
  const connection = connections.find((one) => one.id === reconnected)
  const known = { services, clients, connection }
  return { attempt, draft: attempt ? resumeDraft(attempt, known) : beginDraft({ ...known, ...initial }) }
}

function reconnectedBy(attempt: Attempt, flows: FlowSummary[]): string | null {
  return attempt.state === 'asking_account' ? attempt.connectionId : reconnects(attempt, flows)
}

function Wizard({ initial, leavesWhenDone = false, onDone, onClose }: ConnectWizardProps) {
  const door = useDoor()
  const starting = useCall('connect.start')
  const [begun] = useState(() => begin(initial))
  const [draft, setDraft] = useState(begun.draft)
  const [started, setStarted] = useState(begun.attempt)
  const inTab = useGrantdesk((state) => state.host.kind === 'serve')
  /** Whether this browser let no tab be opened for the attempt. */
  const [blocked, setBlocked] = useState(false)
  const service = useGrantdesk((state) => state.services.find((one) => one.id === draft.serviceId))
  const reconnected = useGrantdesk((state) => state.connections.find((one) => one.id === draft.reconnect)?.name)
  const heading = useFocusedHeading(draft.step)
  const grant = service?.grants.find(({ id }) => id === draft.grantId)
  const retype = stepToRetype(draft, grant)
  const change = (next: Partial<ConnectDraft>) => setDraft((before) => ({ ...before, ...next }))

  /** The same with these changes; what of them is the client's is kept with it if it works. */
  function tryWith(changes: ReconnectChanges, installation?: string) {
    if (!service) return
    const next = withChanges(draft, service, changes)
    setDraft(retype === null ? next : { ...next, step: retype })
    if (retype === null) void start(next, installation)
  }

  function takeInstead(grantId: string) {
    if (service) setDraft((before) => ({ ...chooseGrant(before, service, grantId), step: 'client' }))
  }

  async function start(chosen = draft, installation?: string) {
    const grant = service?.grants.find(({ id }) => id === chosen.grantId)
    const asked = { ...connectInputOf(chosen, grant), ...(installation ? { installation } : {}) }
    const opens = inTab && chosen.openBrowser && browses(grant) && asked.installation === undefined
    const tab = opens ? openVisitTab() : null
    setBlocked(opens && tab === null)
    if (draft.attemptId !== null) void door.call('connect.dismiss', { id: draft.attemptId })
    const answer = await starting.call({ ...asked, openBrowser: chosen.openBrowser && !inTab })
    tab?.show(answer.ok ? answer.value : null)
    if (answer.ok) {
      setStarted(answer.value)
      setDraft((before) => handedOver(before, answer.value))
    } else setDraft((before) => ({ ...before, step: stepToMend(answer.failure, before.step) }))
  }

  useAtOnce(initial?.atOnce === true && draft.step === 'grant' && retype === null, () => void start())

  function finish(connectionId: string) {
    if (draft.attemptId !== null) void door.call('connect.dismiss', { id: draft.attemptId })
    onDone(connectionId)
  }

  return (
    <section className={classes.wizard} aria-label="Connect a service">
      <header className={classes.head}>
        <div className={classes.headline}>
          <h1 ref={heading} tabIndex={-1}>
            {title(draft, service?.name, reconnected)}
          </h1>
          <CloseButton aria-label="Close" onClick={onClose} />
        </div>
        <StepTrail step={draft.step} service={service} grantId={draft.grantId} onGo={(step) => change({ step })} />
      </header>
      {starting.failure && (
        <div className={classes.failure}>
          <FailurePanel
            failure={starting.failure}
            title="The connection could not be started."
            onClose={starting.clear}
          />
        </div>
      )}
      {draft.step === 'service' && (
        <ServiceStep
          chosen={draft.serviceId}
          onChoose={(one, baseUrl) => change(chooseService(draft, one, grantdesk.getState().clients, baseUrl))}
          onResume={(attempt) => grantdesk.getState().go({ name: 'connect', attempt: attempt.id })}
          onClose={onClose}
        />
      )}
      {draft.step === 'client' && service && (
        <ClientStep
          service={service}
          draft={draft}
          pending={starting.pending}
          onChange={change}
          onConnect={() => void start()}
          onClose={onClose}
        />
      )}
      {draft.step === 'grant' && service && (
        <GrantStep
          service={service}
          draft={draft}
          pending={starting.pending}
          onChange={change}
          onConnect={() => void start()}
          onClose={onClose}
        />
      )}
      {draft.step === 'watch' && started && (
        <WatchStep
          key={started.id}
          started={started}
          grant={grant}
          retype={retype}
          reconnect={draft.reconnect}
          byHand={!draft.openBrowser || blocked}
          retrying={starting.pending}
          onRetry={(installation) => void start(draft, installation)}
          onGo={(step) => change({ step })}
          onTryAuthentication={(method, installed) => tryWith({ clientAuthentication: method }, installed)}
          onTryPkce={(pkce) => tryWith({ pkce })}
          onUseInstead={takeInstead}
          onReconnect={tryWith}
          leavesWhenDone={leavesWhenDone}
          onDone={finish}
          onClose={onClose}
        />
      )}
      {draft.step !== 'service' && !service && (
        <p className={stepStyles.body}>
          This service is no longer known. <Button onClick={() => change({ step: 'service' })}>Choose another</Button>
        </p>
      )}
    </section>
  )
}

/** Runs `begin` once, after the first drawing, where `wanted` holds then. */
function useAtOnce(wanted: boolean, begin: () => void) {
  const isDecided = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what holds at first counts
  useEffect(() => {
    if (isDecided.current) return
    isDecided.current = true
    if (wanted) begin()
  }, [])
}

function title(draft: ConnectDraft, service: string | undefined, reconnected: string | undefined): string {
  if (reconnected !== undefined) return `Reconnect ${reconnected}`
  return service === undefined || draft.step === 'service' ? 'Connect a service' : `Connect ${service}`
}

function stepToMend(failure: Failure, step: ConnectDraft['step']): ConnectDraft['step'] {
  if (failure.kind !== 'invalid_input') return step
  return stepOfIssue(failure.issues[0]?.path ?? '')
}

/** Each step begins at the heading, so that the keyboard and a screen reader begin there too. */
function useFocusedHeading(step: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is what it follows
  useEffect(() => {
    // A field that asked for the focus by itself keeps it.
    const section = heading.current?.closest('section')
    if (section) section.scrollTop = 0
    if (!section?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
  }, [step])
  return heading
}
