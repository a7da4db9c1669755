// Any flow that the contract allows, drawn from its schema.
import fc from 'fast-check'
import { type FlowEvent, flowEventSchema } from '../../../../contract/flow/event.ts'
import type { Flow } from '../../../../contract/flow/flow.ts'
import { headSchema } from '../../../../core/flows/flow-line.ts'
import { arbitraryOf } from '../../../support/fuzz/schema-arbitrary.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('https://as.example/token?a=b&c=<state:12ab34cd>#f', 'content-type', 'grant_type=x&code=<code:12>'),
)

/** With texts of this kind. As it is read from where it is stored: what is absent has its default. */
export function flowsOf(texts: fc.Arbitrary<string>): fc.Arbitrary<Flow> {
  const words = () => texts
  return fc
    .tuple(arbitraryOf(headSchema, words), fc.array(arbitraryOf(flowEventSchema, words), { maxLength: 12 }))
    .map(([head, events]) => {
      const parsed = events.map((event, at): FlowEvent => ({ ...flowEventSchema.parse(event), id: `${at}` }))
      return { ...headSchema.parse(head), events: parsed, eventCount: parsed.length }
    })
}

export const flows = flowsOf(text)
