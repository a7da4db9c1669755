// Maps the free texts of a value by its schema: all strings except enumerations, literals and ids. A text that is added to the
// contract later is covered, too, so none is left unredacted.
import type { z } from 'zod'

type Definition = z.core.$ZodTypes['_zod']['def']

/** Applies `change` to every text; returns the same object if nothing changed. */
export function mapTexts<T>(schema: z.core.$ZodType, value: T, change: (text: string) => string): T {
  return walk(schema, value, change) as T
}

/** That of the schema itself, where it is made when it is first used. */
function definitionOf(schema: z.core.$ZodType): Definition {
  const { _zod } = schema as z.core.$ZodTypes
  return _zod.def.type === 'lazy' ? definitionOf((_zod as z.core.$ZodLazyInternals).innerType) : _zod.def
}

function walk(schema: z.core.$ZodType, value: unknown, change: (text: string) => string): unknown {
  if (value === null || value === undefined) return value
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'string':
      return change(String(value))
    case 'object':
      return walkObject(definition.shape, value, change)
    case 'array':
      return walkList(value, () => definition.element, change)
    case 'tuple':
      return walkList(value, (at) => definition.items[at] ?? definition.items[0], change)
    case 'nullable':
    case 'optional':
    case 'default':
      return walk(definition.innerType, value, change)
    case 'union':
      return walk(optionFor(definition.options, value), value, change)
    case 'enum':
    case 'literal':
    case 'number':
    case 'boolean':
      return value
    default:
      throw new Error(`The texts of a schema of the kind ${definition.type} are not known`)
  }
}

function walkObject(shape: Record<string, z.core.$ZodType>, value: unknown, change: (text: string) => string) {
  const members = value as Record<string, unknown>
  /** Made when the first member changes: mostly none does. */
  let copy: Record<string, unknown> | null = null
  for (const name of Object.keys(members)) {
    const schema = shape[name]
    if (schema === undefined || name === 'id') continue
    const walked = walk(schema, members[name], change)
    if (walked === members[name]) continue
    copy ??= { ...members }
    copy[name] = walked
  }
  return copy ?? value
}

function walkList(
  value: unknown,
  schemaAt: (at: number) => z.core.$ZodType | undefined,
  change: (text: string) => string,
) {
  const list = value as unknown[]
  let copy: unknown[] | null = null
  list.forEach((item, at) => {
    const schema = schemaAt(at)
    const walked = schema === undefined ? item : walk(schema, item, change)
    if (walked === item) return
    copy ??= [...list]
    copy[at] = walked
  })
  return copy ?? value
}

/** The member of a union that a value is of: by its literal members, else by what parses. */
function optionFor(options: readonly z.core.$ZodType[], value: unknown): z.core.$ZodType {
  const found =
    options.find((option) => hasLiterals(option, value)) ?? options.find((option) => typeFits(option, value))
  if (found === undefined) throw new Error('A value is of no member of its union')
  return found
}

function hasLiterals(option: z.core.$ZodType, value: unknown): boolean {
  const definition = definitionOf(option)
  if (definition.type === 'union') return definition.options.some((one) => hasLiterals(one, value))
  if (definition.type !== 'object' || typeof value !== 'object' || value === null) return false
  const literals = literalsOf(definition)
  return literals.length > 0 && literals.every(([name, values]) => values.has((value as Record<string, unknown>)[name]))
}

type Literals = readonly (readonly [name: string, values: ReadonlySet<unknown>])[]
const literalsKnown = new WeakMap<object, Literals>()

/** The members of an object whose schemas are literals. Kept, because each event of a flow asks for all kinds of events. */
function literalsOf(definition: Extract<Definition, { type: 'object' }>): Literals {
  const known = literalsKnown.get(definition)
  if (known) return known
  const found = Object.entries(definition.shape).flatMap(([name, schema]) => {
    const inner = definitionOf(schema)
    return inner.type === 'literal' ? [[name, new Set<unknown>(inner.values)] as const] : []
  })
  literalsKnown.set(definition, found)
  return found
}

function typeFits(option: z.core.$ZodType, value: unknown): boolean {
  const { type } = definitionOf(option)
  return type === (Array.isArray(value) ? 'array' : typeof value)
}
