// What the optional facts of an event or a flow are where they are left out or `undefined`, by their schemas.
import type { z } from 'zod'
import { type FlowEvent, flowEventSchema } from '../../contract/flow/event.ts'
import type { FlowAbout } from '../../contract/flow/flow.ts'
import { once } from '../../contract/once.ts'

type Facts = Record<string, unknown>

/** The optional facts of each kind of event. */
const ofEvents = once(
  () => new Map(flowEventSchema.unwrap().options.map(({ shape }) => [shape.kind.value, defaultsIn(shape)])),
)

function defaultsIn(shape: Record<string, z.core.$ZodType>): Facts {
  const members = Object.entries(shape).flatMap(([name, schema]) => {
    const { def } = (schema as z.core.$ZodTypes)._zod
    return def.type === 'default' ? [[name, def.defaultValue] as const] : []
  })
  return Object.fromEntries(members)
}

/** An event's optional facts as they are where nothing is said. */
export function defaultFacts(kind: FlowEvent['kind']): Facts {
  return ofEvents().get(kind) ?? {}
}

/** Without the members that are `undefined`: they must not take the place of what is known or the default. */
export function givenFacts<Given extends object>(facts: Given): Given {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Given
}

/** The facts of a flow about which nothing is known. */
export const aboutNothing: FlowAbout = {
  service: null,
  connection: null,
  method: null,
  path: null,
  workspace: null,
  host: null,
  grantsPage: null,
  checksRevocation: false,
  importedFrom: null,
  title: null,
}
