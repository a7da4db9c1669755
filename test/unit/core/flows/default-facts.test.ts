import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { flowEventSchema } from '../../../../contract/flow/event.ts'
import { flowAboutSchema } from '../../../../contract/flow/flow.ts'
import type { WaitFacts } from '../../../../core/flows/recording.ts'
import { flowFixture } from './flow-fixture.ts'

/** Where a schema says that something can be `null` without saying that it is where nothing is said. */
function withoutDefault(schema: z.core.$ZodType, path: string): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'lazy':
      return withoutDefault((schema as z.ZodLazy).unwrap(), path)
    case 'nullable':
      return [path, ...withoutDefault(def.innerType, path)]
    case 'default': {
      const inner = (def.innerType as z.core.$ZodTypes)._zod.def
      return withoutDefault(inner.type === 'nullable' ? inner.innerType : def.innerType, path)
    }
    case 'optional':
      return withoutDefault(def.innerType, path)
    case 'object':
      return Object.entries(def.shape).flatMap(([name, member]) => withoutDefault(member, `${path}.${name}`))
    case 'array':
      return withoutDefault(def.element, `${path}[]`)
    case 'union':
      return def.options.flatMap((option) => withoutDefault(option, path))
    default:
      return []
  }
}

function flow() {
  const fixture = flowFixture()
  const recording = fixture.log.start({ kind: 'connect', about: { host: undefined }, serviceId: 's' })
  return { recording, stored: () => fixture.stored(recording.id), flush: fixture.log.flush }
}

describe('a fact that is not said', () => {
  it('has a default, wherever an event or a flow may lack it', () => {
    expect(withoutDefault(flowEventSchema, 'event')).toEqual([])
    expect(withoutDefault(flowAboutSchema, 'about')).toEqual([])
  })

  it('is null where it is undefined or left out, in the flow and on the disk', async () => {
    const { recording, stored, flush } = flow()
    recording.check({ which: 'state', result: 'passed', reason: undefined, found: undefined })
    const pause: WaitFacts = { for: 'pause', trouble: undefined }
    recording.wait(pause)('over')
    recording.add({ kind: 'revocation_not_offered', service: 'S', page: undefined })
    recording.add({ kind: 'redirect', via: 'pasted', parameters: [], error: undefined })
    const facts = [
      { which: 'state', expected: null, found: null, reason: null },
      { for: 'pause', until: null, trouble: null, retry: null, ended: 'over' },
      { service: 'S', token: null, page: null },
      { via: 'pasted', error: null, errorDescription: null, request: null },
    ]
    flush()
    expect(recording.flow()).toMatchObject({ about: { host: null }, events: facts })
    expect(await stored()).toMatchObject({ events: facts, missing: 0 })
  })

  it('leaves what was said before when a change does not say it', () => {
    const { recording } = flow()
    const change = recording.add({ kind: 'revocation_not_offered', service: 'S', page: 'https://s.example/' })
    change({ service: 'T', page: undefined })
    expect(recording.flow().events).toMatchObject([{ service: 'T', page: 'https://s.example/' }])
  })
})
