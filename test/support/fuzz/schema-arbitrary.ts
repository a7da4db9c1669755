// Values that fit a zod schema, drawn from the schema itself, so that a procedure added to the contract is fuzzed without
// anybody thinking of it. Owns no knowledge of the application: what a field is called is passed to `words`, which may
// know a text that means something there.
import fc from 'fast-check'
import type { z } from 'zod'

/** Texts worth trying in a field of this name, or `null` where any will do. */
export type Words = (field: string) => fc.Arbitrary<string> | null

interface Bounds {
  min: number
  max: number
  integer: boolean
  pattern: RegExp | null
}

type Definition = z.core.$ZodTypes['_zod']['def']

function boundsOf(definition: Definition): Bounds {
  const bounds: Bounds = { min: 0, max: Number.POSITIVE_INFINITY, integer: false, pattern: null }
  const checks = 'checks' in definition ? (definition.checks ?? []) : []
  for (const check of checks) {
    const rule = check._zod.def as { check: string } & Record<string, unknown>
    if (rule.check === 'min_length') bounds.min = rule.minimum as number
    if (rule.check === 'max_length') bounds.max = rule.maximum as number
    if (rule.check === 'greater_than') bounds.min = Number(rule.value) + (rule.inclusive ? 0 : 1)
    if (rule.check === 'less_than') bounds.max = Number(rule.value)
    if (rule.check === 'number_format') bounds.integer = true
    if (rule.check === 'string_format' && rule.pattern instanceof RegExp) bounds.pattern = rule.pattern
  }
  return bounds
}

/** Anchored character classes, as the contract's patterns are: what fits is found by trying. */
function textFor({ min, max, pattern }: Bounds, format: string | undefined): fc.Arbitrary<string> {
  if (format === 'url')
    return fc.constantFrom('https://fuzz.example', 'https://fuzz.example/x?y=z', 'http://127.0.0.1:9/')
  const common = fc.constantFrom('a', 'read', 'X-Token', 'user', 'fuzz-service', 'A name', 'x'.repeat(Math.max(1, min)))
  const any = fc.string({ minLength: min, maxLength: Math.min(max, Math.max(min, 24)) })
  const edge = fc.constant('x'.repeat(Math.min(max, 9_000)))
  const arbitraryOf = fc.oneof(
    { weight: 4, arbitrary: common },
    { weight: 3, arbitrary: any },
    { weight: 1, arbitrary: edge },
  )
  if (pattern === null) return arbitraryOf
  return arbitraryOf.map((text) => (pattern.test(text) && text.length <= max ? text : 'x'.repeat(Math.max(1, min))))
}

function numberFor({ min, max, integer }: Bounds): fc.Arbitrary<number> {
  const top = Math.min(max, Number.MAX_SAFE_INTEGER)
  const whole = fc.integer({ min, max: top })
  return integer ? whole : fc.oneof(whole, fc.double({ min, max: top, noNaN: true }))
}

/** @throws where the schema is of a kind that the contract has not used so far: then it belongs here. */
export function arbitraryOf(schema: z.core.$ZodType, words: Words, field = ''): fc.Arbitrary<unknown> {
  const definition = (schema as z.core.$ZodTypes)._zod.def
  const bounds = boundsOf(definition)
  switch (definition.type) {
    case 'string': {
      const known = words(field)
      const text = textFor(bounds, 'format' in definition ? String(definition.format) : undefined)
      return known ? fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: text }) : text
    }
    case 'number':
      return numberFor(bounds)
    case 'boolean':
      return fc.boolean()
    case 'unknown':
      return fc.jsonValue()
    case 'literal':
      return fc.constantFrom(...definition.values)
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries))
    case 'union':
      return fc.oneof(...definition.options.map((option) => arbitraryOf(option, words, field)))
    case 'array':
      return fc.array(arbitraryOf(definition.element, words, field), {
        minLength: bounds.min,
        maxLength: Math.min(bounds.max, 4),
      })
    case 'tuple':
      return fc.tuple(...definition.items.map((item) => arbitraryOf(item, words, field)))
    case 'record':
      return fc.dictionary(
        fc.constantFrom('a', 'user', 'state', '__proto__', 'constructor'),
        arbitraryOf(definition.valueType, words),
        {
          maxKeys: 3,
        },
      )
    case 'optional':
    case 'default':
      return fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 3, arbitrary: arbitraryOf(definition.innerType, words, field) },
      )
    case 'lazy':
      return arbitraryOf((schema as z.core.$ZodLazy)._zod.innerType, words, field)
    case 'nullable':
      return fc.oneof(
        { weight: 1, arbitrary: fc.constant(null) },
        { weight: 3, arbitrary: arbitraryOf(definition.innerType, words, field) },
      )
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(definition.shape).map(([name, inner]) => [name, arbitraryOf(inner, words, name)]),
        ),
      )
    default:
      throw new Error(`no arbitrary for a schema of the kind ${definition.type}`)
  }
}
