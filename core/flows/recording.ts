// Records a running flow: its events, its secrets, and the only way to the network. Everything is redacted before it is
// recorded, and again when another secret becomes known.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import { failureSchema } from '../../contract/failure.ts'
import { type EventOf, type FlowEvent, flowEventSchema, longestFact } from '../../contract/flow/event.ts'
import { type Flow, type FlowAbout, flowAboutSchema } from '../../contract/flow/flow.ts'
import type { Clock } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { createExchange, type Exchange, type ExchangeOptions } from './recording-fetch.ts'
import { redactFacts, redactWords, unshown } from './redact-event.ts'
import { redactedBody } from './redacted-body.ts'
import { Redactor } from './redactor.ts'
import { mapTexts } from './schema-texts.ts'
import type { Context } from './secret-names.ts'
import { redactText } from './structure.ts'

/** All kinds but the steps of earlier versions, which are only read. */
type OwnKind = Exclude<FlowEvent['kind'], 'legacy_step'>
type FactsOf<Kind extends FlowEvent['kind']> = Omit<EventOf<Kind>, 'id' | 'at' | 'kind'>
export type EventFacts = { [Kind in OwnKind]: { kind: Kind } & FactsOf<Kind> }[OwnKind]

/** A check as it came out; what there is nothing to say of is left out. */
export type CheckFacts = Pick<EventOf<'check'>, 'which' | 'result'> &
  Partial<Pick<EventOf<'check'>, 'expected' | 'found' | 'reason'>>

/** What begins to be waited for. */
export type WaitFacts = Pick<EventOf<'wait'>, 'for'> & Partial<Pick<EventOf<'wait'>, 'until' | 'trouble' | 'retry'>>

/** A flow under way. */
export interface Recording {
  readonly id: string
  /** The time by the clock that the events are written with (ms). */
  now(): number
  /** Every later and earlier text of this flow shows `<label:pseudonym>` instead of the secret. */
  hide(secret: Secret, label: string): void
  /** Puts down what happened; the answer changes facts of it. */
  add<Facts extends EventFacts>(facts: Facts): (change: Partial<FactsOf<Facts['kind']>>) => void
  check(facts: CheckFacts): void
  /** Something is waited for from now on; the answer says how that ended. */
  wait(facts: WaitFacts): (ended: Exclude<EventOf<'wait'>['ended'], 'running'>) => void
  /** Requests for one purpose, each put down. The one way to the network. */
  exchange(options: ExchangeOptions): Exchange
  attach(connectionId: string): void
  /** The failure without this flow's secrets, for whoever shows it elsewhere. */
  redact(failure: Failure): Failure
  /** One text without this flow's secrets, for whoever shows it elsewhere. */
  text(value: string): string
  /**
   * A body without the secrets that are known by now, for whoever shows it: the rest of it is as it came. Text comes as
   * UTF-8, whatever it was; of `binary` each byte stays one.
   */
  shownBody(body: ReadableStream<Uint8Array>, contentType: string | null, binary: boolean): ReadableStream<Uint8Array>
  /** Ends the flow and stores it. Ending it again changes nothing. */
  end(outcome: 'succeeded' | 'failed' | 'cancelled', failure?: Failure): Promise<void>
  /** As it is now; what it holds is never changed in place. */
  flow(): Flow
}

export interface RecordingDeps {
  flow: Omit<Flow, 'events' | 'eventCount'>
  hide: [Secret, string][]
  clock: Clock
  fetch: typeof globalThis.fetch
  pseudonym: (secret: string) => string
  /** New and changed events, each whole; a later one of the same id takes the earlier one's place. None where the head alone changed. */
  changed(events: FlowEvent[]): void
  /** The flow has ended; answers when it is stored. */
  ended(): Promise<void>
}

export function createRecording(deps: RecordingDeps): Recording {
  const { clock } = deps
  const redactor = new Redactor(deps.pseudonym)
  const events = new Map<string, FlowEvent>()
  let head = deps.flow
  let sweptAt = 0
  let ending: Promise<void> | null = null
  for (const [secret, label] of deps.hide) redactor.hide(secret.reveal(), label)
  head = { ...head, about: aboutWithoutSecrets(head.about) }

  function aboutWithoutSecrets(about: FlowAbout): FlowAbout {
    const shown = (text: string) => redactText(redactor, text, { context: 'api', direction: 'request' })
    try {
      return mapTexts(flowAboutSchema, about, (text) => shown(text).slice(0, longestFact))
    } catch {
      return mapTexts(flowAboutSchema, about, () => unshown)
    }
  }

  /** After a new secret, what was put down before it is gone over again; answers the events that differ now. */
  function swept(): FlowEvent[] {
    if (redactor.revision === sweptAt) return []
    sweptAt = redactor.revision
    const known = (text: string) => redactor.known(text)
    const about = mapTexts(flowAboutSchema, head.about, known)
    if (about !== head.about) {
      head = { ...head, about }
      deps.changed([])
    }
    const changed = [...events.values()].flatMap((event) => {
      const again = mapTexts(flowEventSchema, event, known)
      return again === event ? [] : [again]
    })
    for (const event of changed) events.set(event.id, event)
    return changed
  }

  /** Tells of an event, if one was put down, and of those that a new secret changed. */
  function tell(event: FlowEvent | null): void {
    aside(() => {
      const changed = swept()
      const latest = event && (events.get(event.id) ?? event)
      deps.changed(latest && !changed.includes(latest) ? [...changed, latest] : changed)
    })
  }

  function put(kind: FlowEvent['kind'], facts: object, context: Context, id = randomUUID()): (change: object) => void {
    const set = (before: Partial<FlowEvent>, change: object) => {
      if (ending && !isStreaming(before)) return
      const event = { ...before, ...redactFacts(redactor, kind, change, context) } as FlowEvent
      events.set(id, event)
      tell(event)
    }
    set({ kind, id, at: clock.now() }, facts)
    return (change) => {
      const before = events.get(id)
      if (before) set(before, change)
    }
  }

  function add<Facts extends EventFacts>({ kind, ...facts }: Facts): (change: Partial<FactsOf<Facts['kind']>>) => void {
    return put(kind, facts, 'to' in facts && facts.to === 'api' ? 'api' : 'authorization')
  }

  function exchange(options: ExchangeOptions): Exchange {
    let own: ReturnType<typeof randomUUID> | null = null
    const whileOpen = (send: typeof globalThis.fetch): typeof globalThis.fetch => {
      return async (input, init) => {
        if (ending) throw new Error('A flow that has ended sends nothing more')
        return send(input, init)
      }
    }
    const sent = createExchange(
      {
        fetch: deps.fetch,
        record: {
          begin(facts) {
            own = randomUUID()
            return put('exchange', facts, facts.to === 'api' ? 'api' : 'authorization', own)
          },
          newest() {
            const event = own === null ? undefined : events.get(own)
            return event?.kind === 'exchange' ? event : null
          },
        },
      },
      options,
    )
    return { ...sent, fetch: whileOpen(sent.fetch), stream: whileOpen(sent.stream) }
  }

  function redact(failure: Failure): Failure {
    try {
      return mapTexts(failureSchema, failure, (words) => redactWords(redactor, words, 'authorization'))
    } catch {
      return mapTexts(failureSchema, failure, () => unshown)
    }
  }

  return {
    id: head.id,
    now: () => clock.now(),
    hide(secret, label) {
      if (ending) return
      const before = redactor.revision
      redactor.hide(secret.reveal(), label)
      if (redactor.revision !== before && events.size > 0) tell(null)
    },
    add,
    check: (facts) => void add({ kind: 'check', expected: null, found: null, reason: null, ...facts }),
    wait(facts) {
      const nothing = { until: null, trouble: null, retry: null }
      const change = add({ kind: 'wait', ...nothing, ...facts, endedAt: null, ended: 'running' })
      return (ended) => change({ ended, endedAt: clock.now() })
    },
    exchange,
    attach(connectionId) {
      head = { ...head, connectionId }
      if (!ending) aside(() => deps.changed([]))
    },
    redact,
    text: (value) => redactor.known(value),
    shownBody: (body, contentType, binary) =>
      redactedBody(body, redactor.finder(binary), binary ? null : (contentType ?? '')),
    end(outcome, failure) {
      if (ending) return ending
      for (const event of unfinished(events)) {
        events.set(event.id, ended(event, clock.now()))
        tell(events.get(event.id) ?? null)
      }
      head = { ...head, outcome, failure: failure ? redact(failure) : null, endedAt: clock.now() }
      aside(() => {
        const changed = swept()
        if (changed.length > 0) deps.changed(changed)
      })
      ending = deps.ended()
      return ending
    },
    flow: () => ({ ...head, eventCount: events.size, events: [...events.values()] }),
  }
}

/** Whether the head of an answer is here, and its body may end after the flow did: it is read at the reader's pace. */
export function isStreaming(event: Partial<FlowEvent>): boolean {
  return event.kind === 'exchange' && event.outcome !== 'running' && !!event.response && event.timing?.whole === null
}

/** What is still under way. */
function unfinished(events: Map<string, FlowEvent>): FlowEvent[] {
  return [...events.values()].filter(
    (event) =>
      (event.kind === 'exchange' && event.outcome === 'running') ||
      (event.kind === 'wait' && event.ended === 'running'),
  )
}

/** An event that its flow's end has cut off. */
function ended(event: FlowEvent, now: number): FlowEvent {
  if (event.kind === 'exchange') return { ...event, outcome: 'noted', failure: { kind: 'flow_ended' } }
  return event.kind === 'wait' ? { ...event, ended: 'cancelled', endedAt: now } : event
}

/** Runs what only serves the record: it must not stop the operation that it records. What fails is left out of the record. */
function aside(work: () => void): void {
  try {
    work()
  } catch {
    // An exception in here may quote a secret, and the operation goes on without it.
  }
}
