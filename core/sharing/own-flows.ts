// Flows that Grantdesk exported, read again. A file may have been edited: its texts are searched for secrets as if they were
// new, while the pseudonyms in them stay what they are.
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import { redactAbout, redactFacts, redactFailure } from '../flows/redact-event.ts'
import { Redactor } from '../flows/redactor.ts'
import { interrupted } from '../flows/stored-flow.ts'
import type { OwnFlow } from '../har/own-flow-parts.ts'
import { flowFrom, harToFlow, type ReadFlow } from './har-to-flow.ts'

/** `null` if it is none. */
export function readOwnFlow({ head, facts, entries }: OwnFlow, pseudonym: (secret: string) => string): ReadFlow | null {
  const read = entries === null ? flowFrom(head, facts) : harToFlow({ flow: head, events: facts }, entries)
  if (read === null) return null
  const { flow, missing } = read
  return { flow: redactedFlow(flow.outcome === 'running' ? interrupted(flow) : flow, pseudonym), missing }
}

function redactedFlow(flow: Flow, pseudonym: (secret: string) => string): Flow {
  const redactor = new Redactor(pseudonym, { keepsPseudonyms: true })
  return {
    ...flow,
    about: redactAbout(redactor, flow.about),
    failure: flow.failure && redactFailure(redactor, flow.failure, [flow.failure.message, flow.failure.remedy ?? '']),
    events: flow.events.map((event) => redacted(redactor, event)),
  }
}

function redacted(redactor: Redactor, { id, at, kind, by, ...facts }: FlowEvent): FlowEvent {
  const context = 'to' in facts && facts.to === 'api' ? 'api' : 'authorization'
  return { kind, id, at, ...(by ? { by } : {}), ...redactFacts(redactor, kind, facts, context) } as FlowEvent
}
