// One flow while it happens: its steps, its secrets, and the only way to the network. Everything is redacted before it
// is put down, and put down again when a secret becomes known later.
import { randomUUID } from 'node:crypto'
import type { Failure } from '../../contract/failure.ts'
import type { Flow, Party, Step } from '../../contract/flow.ts'
import type { Clock } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { type Exchange, type FetchOptions, recordingFetch, type StepEnd } from './recording-fetch.ts'
import { Redactor } from './redactor.ts'
import type { Context } from './secret-names.ts'
import { type Place, redactAddress, redactForm, redactHeaders, redactText } from './structure.ts'

export interface StepNote {
  from: Party
  to: Party
  title: string
  note?: string
  outcome?: Step['outcome']
  request?: Step['request']
  response?: Step['response']
}

/** A text, or where a part of it has to be shortened, how it is made of texts that have lost their secrets before. */
export type FlowTitle = string | ((shown: (text: string) => string) => string)

/** A flow under way. */
export interface Recording {
  readonly id: string
  /** The time by the clock that the steps are written with (ms). */
  now(): number
  /** Every later and earlier text of this flow shows `<label:pseudonym>` instead of the secret. */
  hide(secret: Secret, label: string): void
  /** Puts down a step that is no exchange of ours; answers its id, so that a running one can be ended. */
  note(step: StepNote): string
  endStep(id: string, change: StepEnd): void
  /** Takes a step out that says nothing which a later one does not say as well. */
  dropStep(id: string): void
  /** A fetch that writes each exchange as a step. The one way to the network. Throws Problem. */
  fetch(options: FetchOptions): typeof globalThis.fetch
  attach(connectionId: string): void
  /** The failure without this flow's secrets, for whoever shows it elsewhere. */
  redact(failure: Failure): Failure
  /** One text of a server's without this flow's secrets, for whoever shows it elsewhere. */
  text(value: string): string
  /** Ends the flow and stores it. Ending it again changes nothing. */
  end(outcome: 'succeeded' | 'failed' | 'cancelled', failure?: Failure): Promise<void>
  flow(): Flow
}

export interface RecordingDeps {
  flow: Flow
  title: FlowTitle
  hide: [Secret, string][]
  clock: Clock
  fetch: typeof globalThis.fetch
  pseudonym: (secret: string) => string
  /** Called after each change; `end` answers when the flow is stored. */
  changed(): void
  ended(): Promise<void>
}

export function createRecording(deps: RecordingDeps): Recording {
  const { flow, clock } = deps
  const redactor = new Redactor(deps.pseudonym)
  let sweptAt = 0
  let ending: Promise<void> | null = null
  for (const [secret, label] of deps.hide) redactor.hide(secret.reveal(), label)
  flow.title = titleOf(deps.title)

  /** Redacted before anybody is told of the flow, and before any part of it is cut: half a secret is not recognised. */
  function titleOf(title: FlowTitle): string {
    let shown = unshown
    const text = (value: string) => redactText(redactor, value, { context: 'api', direction: 'request' })
    aside(() => {
      shown = typeof title === 'string' ? text(title) : title(text)
    })
    return shown
  }

  /** After a new secret, the steps put down before it are gone over again. */
  function sweep() {
    if (redactor.revision === sweptAt) return
    flow.title = redactor.known(flow.title)
    flow.steps = flow.steps.map((step) => mapTexts(step, (text) => redactor.known(text)))
    sweptAt = redactor.revision
  }

  function changed() {
    sweep()
    flow.stepCount = flow.steps.length
    deps.changed()
  }

  function note(input: StepNote): string {
    const id = randomUUID()
    if (ending) return id
    const context = input.from === 'api' || input.to === 'api' ? 'api' : 'authorization'
    const { from, to, outcome = 'noted', request, response } = input
    const step: Step = {
      ...{ id, at: clock.now(), ms: null, from, to },
      ...{ title: unshown, outcome, note: '', request: null, response: null },
    }
    flow.steps.push(step)
    aside(() => {
      step.title = redactText(redactor, input.title, { context, direction: 'request' })
      step.note = textWithin(input.note ?? '', context)
      step.request = request ? redactRequest(redactor, request, context) : null
      step.response = response ? redactResponse(redactor, response, context) : null
    })
    aside(changed)
    return id
  }

  function endStep(id: string, change: StepEnd) {
    const step = flow.steps.find((one) => one.id === id)
    if (!step || ending) return
    const context = step.to === 'api' || step.from === 'api' ? 'api' : 'authorization'
    if (step.outcome === 'running') step.ms = clock.now() - step.at
    step.outcome = change.outcome
    const { note, response } = change
    aside(() => {
      if (note !== undefined) step.note = textWithin(note, context)
      if (response) step.response = redactResponse(redactor, response, context)
    })
    aside(changed)
  }

  const exchange: Exchange = {
    begin: (to, title, request) => note({ from: 'grantdesk', to, title, request, outcome: 'running' }),
    end: endStep,
  }

  function redact(failure: Failure): Failure {
    return mapTexts(failure, (words) => textWithin(words, 'authorization'))
  }

  /** What is told in words of a server, which may have been bounded before and then may end within a secret. */
  function textWithin(words: string, context: Context): string {
    let shown = unshown
    aside(() => {
      const redacted = redactText(redactor, words, { context, direction: 'response' })
      shown = redacted.replace(/[^…]+(?=…)/g, (cut) => redactor.withoutTail(cut))
    })
    return shown
  }

  return {
    id: flow.id,
    now: () => clock.now(),
    hide(secret, label) {
      if (ending) return
      const before = redactor.revision
      redactor.hide(secret.reveal(), label)
      if (redactor.revision !== before && flow.steps.length > 0) aside(changed)
    },
    note,
    endStep,
    dropStep(id) {
      if (ending) return
      flow.steps = flow.steps.filter((step) => step.id !== id)
      aside(changed)
    },
    fetch(options) {
      const fetch = recordingFetch({ fetch: deps.fetch, exchange }, options)
      return async (input, init) => {
        if (ending) throw new Error('A flow that has ended sends nothing more')
        return fetch(input, init)
      }
    },
    attach(connectionId) {
      flow.connectionId = connectionId
      if (!ending) aside(deps.changed)
    },
    redact,
    text: (value) => redactor.known(value),
    end(outcome, failure) {
      if (ending) return ending
      for (const step of flow.steps) {
        if (step.outcome === 'running') endStep(step.id, { outcome: 'noted', note: 'The flow ended before this did.' })
      }
      flow.outcome = outcome
      flow.failure = failure ? redact(failure) : null
      flow.endedAt = clock.now()
      aside(sweep)
      ending = deps.ended()
      return ending
    },
    flow: () => structuredClone(flow),
  }
}

/** Stands where a text could not be searched for secrets. */
const unshown = '[not shown: this could not be searched for secrets]'

/** Runs what only serves the record: it must not stop the act that it records. What fails is left out of the record. */
function aside(act: () => void): void {
  try {
    act()
  } catch {
    // An exception in here may quote a secret, and the act goes on without it.
  }
}

function redactRequest(redactor: Redactor, request: NonNullable<Step['request']>, context: Context) {
  const place: Place = { context, direction: 'request' }
  return {
    method: request.method,
    url: redactAddress(redactor, request.url, place),
    headers: redactHeaders(redactor, request.headers, place),
    body: redactBody(redactor, request.body, request.headers, place),
  }
}

function redactResponse(redactor: Redactor, response: NonNullable<Step['response']>, context: Context) {
  const place: Place = { context, direction: 'response' }
  const headers = redactHeaders(redactor, response.headers, place)
  const body = redactBody(redactor, response.body, response.headers, place)
  return {
    status: response.status,
    statusText: redactText(redactor, response.statusText, place),
    headers,
    body: body !== null && response.truncated ? redactor.withoutTail(body) : body,
    truncated: response.truncated,
  }
}

function redactBody(redactor: Redactor, body: string | null, headers: [string, string][], place: Place) {
  if (body === null) return null
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isForm = /x-www-form-urlencoded/i.test(type) && !/^\s*[{[<]/.test(body)
  return isForm ? redactForm(redactor, body, place) : redactText(redactor, body, place)
}

/** The same shape with every text changed; keys and discriminants hold no secrets. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  const fixed = new Set(['id', 'kind', 'by', 'outcome', 'from', 'to', 'incident'])
  const walk = (item: unknown, key: string): unknown => {
    if (typeof item === 'string') return fixed.has(key) ? item : change(item)
    if (Array.isArray(item)) return item.map((one) => walk(one, ''))
    if (item === null || typeof item !== 'object') return item
    return Object.fromEntries(Object.entries(item).map(([name, one]) => [name, walk(one, name)]))
  }
  return walk(value, '') as T
}
