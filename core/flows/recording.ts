// Records a running flow: its events, its secrets, and the only way to the network.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { EventOf, FlowEvent } from '../../contract/flow/event.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import type { Send } from '../network/send.ts'
import type { ServiceTls } from '../network/service-tls.ts'
import type { Clock } from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { ignoringErrors } from './ignoring-errors.ts'
import { createRecordedEvents } from './recorded-events.ts'
import { createExchange, type Exchange, type ExchangeOptions } from './recording-fetch.ts'
import { redactedBody } from './redacted-body.ts'

/** All kinds but the steps of earlier versions, which are only read. */
type OwnKind = Exclude<FlowEvent['kind'], 'legacy_step'>
/** Facts that can be `null` may be left out. */
type FactsOf<Kind extends FlowEvent['kind']> = Optional<Omit<EventOf<Kind>, 'id' | 'at' | 'kind'>>
type Optional<Facts> = { [Name in keyof Facts as null extends Facts[Name] ? never : Name]: Facts[Name] } & {
  [Name in keyof Facts as null extends Facts[Name] ? Name : never]?: Facts[Name] | undefined
}
export type EventFacts = { [Kind in OwnKind]: { kind: Kind } & FactsOf<Kind> }[OwnKind]

/** A check and its result. */
export type CheckFacts = FactsOf<'check'>

/** What the flow starts to wait for. */
export type WaitFacts = Omit<FactsOf<'wait'>, 'endedAt' | 'ended'>

/** A running flow. */
export interface Recording {
  readonly id: string
  /** The time by the clock that dates the events (ms). */
  now(): number
  /** All later and earlier texts of this flow show `<label:pseudonym>` instead of the secret. */
  hide(secret: Secret, label: string): void
  /** The same for several at once. */
  hideAll(secrets: readonly (readonly [Secret, string])[]): void
  /** Hides what stands under this name in the authorization server's responses from now on. */
  hideMember(name: string, label: string): void
  /** Records an event; the returned function changes facts of it. */
  add<Facts extends EventFacts>(facts: Facts): (change: Partial<FactsOf<Facts['kind']>>) => void
  check(facts: CheckFacts): void
  /** Records the start of a wait; the returned function records its end. */
  wait(facts: WaitFacts): (ended: Exclude<EventOf<'wait'>['ended'], 'running'>) => void
  /** Sends recorded requests for one purpose. The only way to the network. */
  exchange(options: ExchangeOptions): Exchange
  attach(connectionId: string): void
  /** The failure of a Problem without this flow's secrets, to be shown elsewhere. */
  redact(problem: Pick<Problem, 'failure' | 'outside'>): Failure
  /** A text without this flow's secrets, to be shown elsewhere. */
  text(value: string): string
  /**
   * A body as it came, without the secrets that are known so far. Text is converted to UTF-8; in a `binary` body the bytes stay
   * as they are.
   */
  shownBody(body: ReadableStream<Uint8Array>, contentType: string | null, binary: boolean): ReadableStream<Uint8Array>
  /** Ends the flow and stores it, with a failure that `redact` returned; does nothing if it has ended. */
  end(outcome: 'succeeded' | 'failed' | 'cancelled', failure?: Failure): Promise<void>
  /** The flow as it is now; later changes do not affect the returned object. */
  flow(): Flow
}

export interface RecordingDeps {
  flow: Omit<Flow, 'events' | 'eventCount'>
  hide: [Secret, string][]
  clock: Clock
  fetch: Send
  tls?: ServiceTls | undefined
  pseudonym: (secret: string) => string
  /** Called with new and changed events, which replace those with the same id; with none if only the head changed. */
  changed(events: FlowEvent[]): void
  /** Settles when the events so far are in the flow's file, as far as the disk takes them. */
  written(): Promise<void>
  /** Called when the flow has ended; settles when it is stored. */
  ended(): Promise<void>
}

export function createRecording(deps: RecordingDeps): Recording {
  const { clock } = deps
  const { about, ...facts } = deps.flow
  let head = facts
  let ending: Promise<void> | null = null
  const events = createRecordedEvents({ ...deps, about })

  function add<Facts extends EventFacts>({ kind, ...facts }: Facts): (change: Partial<FactsOf<Facts['kind']>>) => void {
    return events.add(kind, facts, 'to' in facts && facts.to === 'api' ? 'api' : 'authorization')
  }

  function exchange(options: ExchangeOptions): Exchange {
    let id: string | null = null
    const whileRunning = (send: typeof globalThis.fetch): typeof globalThis.fetch => {
      return async (input, init) => {
        if (ending) throw new Error('A flow that has ended sends nothing more')
        return send(input, init)
      }
    }
    const sent = createExchange(
      {
        fetch: (url, init, onRoute) =>
          deps.fetch(url, init, { serviceId: deps.flow.serviceId, tls: deps.tls, onRoute }),
        record: {
          begin(facts) {
            id = randomUUID()
            return events.add('exchange', facts, facts.to === 'api' ? 'api' : 'authorization', id)
          },
          written: deps.written,
          newest() {
            const event = id === null ? undefined : events.get(id)
            return event?.kind === 'exchange' ? event : null
          },
        },
      },
      options,
    )
    return { ...sent, fetch: whileRunning(sent.fetch), stream: whileRunning(sent.stream) }
  }

  return {
    id: head.id,
    now: () => clock.now(),
    hide(secret, label) {
      if (!ending) events.hide(secret, label)
    },
    hideAll(secrets) {
      if (!ending) events.hideAll(secrets)
    },
    hideMember: (name, label) => events.redactor.hideMember(name, label),
    add,
    check: (facts) => void add({ kind: 'check', ...facts }),
    wait(facts) {
      const change = add({ kind: 'wait', ...facts, ended: 'running' })
      return (ended) => change({ ended, endedAt: clock.now() })
    },
    exchange,
    attach(connectionId) {
      head = { ...head, connectionId }
      if (!ending) ignoringErrors(() => deps.changed([]))
    },
    redact: ({ failure, outside }) => events.redactFailure(failure, outside),
    text: (value) => events.redactor.known(value),
    shownBody: (body, contentType, binary) =>
      redactedBody(body, events.redactor.finder(binary), binary ? null : (contentType ?? '')),
    end(outcome, failure) {
      if (ending) return ending
      events.endRunning()
      head = { ...head, outcome, failure: failure ? events.redactFailure(failure, []) : null, endedAt: clock.now() }
      events.refresh()
      events.close()
      ending = deps.ended()
      return ending
    },
    flow() {
      const all = events.all()
      return { ...head, about: events.about(), eventCount: all.length, events: all }
    },
  }
}
