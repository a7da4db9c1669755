// The events of a running flow, and the facts about the flow itself. Redacts them before it keeps them, and again whenever
// another secret becomes known.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { type FlowAbout, flowAboutSchema } from '../../contract/flow/flow.ts'
import { isOrdinaryText } from '../../contract/secret-strength.ts'
import type { Clock } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { defaultFacts, givenFacts } from './default-facts.ts'
import { ignoringErrors } from './ignoring-errors.ts'
import { redactAbout, redactEvent, redactFacts, redactFailure } from './redact-event.ts'
import { Redactor } from './redactor.ts'
import { mapTexts } from './schema-texts.ts'
import type { Context } from './secret-names.ts'

/** The labels of secrets that are used again and again, for which a stronger one is worth the trouble. */
const lasting: ReadonlySet<string> = new Set(['client_secret', 'access_token', 'refresh_token', 'password'])

export interface RecordedEvents {
  readonly redactor: Redactor
  /** Replaces the secret in all later and earlier texts. */
  hide(secret: Secret, label: string): void
  /** The same for several, which takes no longer than for one. */
  hideAll(secrets: readonly (readonly [Secret, string])[]): void
  /** Adds an event; facts that are left out take their defaults. The returned function changes facts of it. */
  add(kind: FlowEvent['kind'], facts: object, context: Context, id?: string): (change: object) => void
  get(id: string): FlowEvent | undefined
  all(): FlowEvent[]
  about(): FlowAbout
  /** `outside` are the parts of its sentences that are not ours. */
  redactFailure(failure: Failure, outside: readonly string[]): Failure
  /** Ends the events that are still running. */
  endRunning(): void
  /** Redacts everything again if a secret became known since, and reports the events that changed. */
  refresh(): void
  /** From now on only exchanges change whose response body is still being read. */
  close(): void
}

export interface RecordedEventsDeps {
  about: FlowAbout
  hide: readonly [Secret, string][]
  clock: Clock
  pseudonym: (secret: string) => string
  /** Called with new and changed events; with none if only the facts about the flow changed. */
  changed(events: FlowEvent[]): void
}

export function createRecordedEvents(deps: RecordedEventsDeps): RecordedEvents {
  const redactor = new Redactor(deps.pseudonym)
  /** The kinds of secrets that are too weak to be hidden everywhere, and of those the ones not told yet. */
  const weak = new Set<string>()
  const untold: string[] = []
  const events = new Map<string, FlowEvent>()
  for (const [secret, label] of deps.hide) hide(secret, label)
  let about = redactAbout(redactor, deps.about)
  /** The redactor's revision when everything was last redacted. */
  let revision = 0
  let isClosed = false

  function hide(secret: Secret, label: string): void {
    redactor.hide(secret.reveal(), label)
    if (!lasting.has(label) || weak.has(label) || !isOrdinaryText(secret.reveal())) return
    weak.add(label)
    untold.push(label.replaceAll('_', ' '))
  }

  function add(kind: FlowEvent['kind'], facts: object, context: Context, id: string = randomUUID()) {
    if (untold.length > 0) {
      const found = untold.splice(0)
      const weakness = { which: 'secret_strength', found, result: 'unconfirmed', reason: 'too_common' }
      add('check', weakness, 'authorization')
    }
    const set = (before: Partial<FlowEvent>, change: object) => {
      if (isClosed && !isStreaming(before)) return
      keep({ ...before, ...redactFacts(redactor, kind, givenFacts(change), context) } as FlowEvent)
    }
    set({ ...defaultFacts(kind), kind, id, at: deps.clock.now() }, facts)
    return (change: object) => {
      const before = events.get(id)
      if (before) set(before, change)
    }
  }

  /** Returns the events that changed. */
  function redactAgain(): FlowEvent[] {
    if (redactor.revision === revision) return []
    revision = redactor.revision
    const known = (text: string) => redactor.known(text)
    const aboutNow = mapTexts(flowAboutSchema, about, known)
    if (aboutNow !== about) {
      about = aboutNow
      deps.changed([])
    }
    const changed = [...events.values()].flatMap((event) => {
      const again = redactEvent(redactor, event)
      return again === event ? [] : [again]
    })
    for (const event of changed) events.set(event.id, event)
    return changed
  }

  function keep(event: FlowEvent): void {
    events.set(event.id, event)
    ignoringErrors(() => {
      const changed = redactAgain()
      const latest = events.get(event.id) ?? event
      deps.changed(changed.includes(latest) ? changed : [...changed, latest])
    })
  }

  function refresh(): void {
    ignoringErrors(() => {
      const changed = redactAgain()
      if (changed.length > 0) deps.changed(changed)
    })
  }

  return {
    redactor,
    hide(secret, label) {
      hide(secret, label)
      refresh()
    },
    hideAll(secrets) {
      for (const [secret, label] of secrets) hide(secret, label)
      refresh()
    },
    add,
    get: (id) => events.get(id),
    all: () => [...events.values()],
    about: () => about,
    redactFailure: (failure, outside) => redactFailure(redactor, failure, outside),
    endRunning() {
      for (const event of [...events.values()]) if (isRunning(event)) keep(cutOff(event, deps.clock.now()))
    },
    refresh,
    close() {
      isClosed = true
    },
  }
}

/** Whether an exchange's response has begun, and its body may end after the flow did, because its reader decides the pace. */
export function isStreaming(event: Partial<FlowEvent>): boolean {
  return event.kind === 'exchange' && event.outcome !== 'running' && !!event.response && event.timing?.whole === null
}

function isRunning(event: FlowEvent): boolean {
  if (event.kind === 'exchange') return event.outcome === 'running'
  return event.kind === 'wait' && event.ended === 'running'
}

/** An event that the end of its flow has cut off. */
function cutOff(event: FlowEvent, now: number): FlowEvent {
  if (event.kind === 'exchange') return { ...event, outcome: 'noted', failure: { kind: 'flow_ended' } }
  return event.kind === 'wait' ? { ...event, ended: 'cancelled', endedAt: now } : event
}
