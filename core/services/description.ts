// Reads and writes the text of a service's description. description-checks.ts says which URLs and headers are allowed.
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type Service, serviceSchema } from '../../contract/service.ts'
import { currentDescription } from '../earlier-versions/service-description.ts'
import { parseJson } from '../json-path.ts'
import { Problem } from '../problem.ts'
import { descriptionIssues } from './description-checks.ts'
import type { Issue } from './description-issue.ts'
import { schemaPlace } from './description-schema.ts'

const form = 'It is a JSON object; its schema is to be had where a service is added, or by “grantdesk services schema”.'

/** Throws `invalid_input` with every wrong field, or if the text is not JSON. */
export function parseDescription(text: string): Service {
  const json = parseJson(text)
  if (json === undefined) {
    throw new Problem({
      kind: 'invalid_input',
      message: 'The service description is not JSON.',
      remedy: form,
      issues: [{ path: '', message: 'not JSON' }],
    })
  }
  const parsed = serviceSchema.safeParse(currentDescription(json))
  if (!parsed.success) {
    throw unfit(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })))
  }
  const issues = descriptionIssues(parsed.data)
  if (issues.length > 0) throw unfit(issues)
  return parsed.data
}

/**
 * The description as a file to share: what differs from the defaults, in the schema's order, with a reference to the schema.
 * Contains no secrets.
 */
export function writeDescription(service: Service): string {
  const named = { ...service, $schema: service.$schema ?? schemaPlace }
  return `${JSON.stringify(withoutDefaults(serviceSchema, named), null, 2)}\n`
}

function unfit(issues: Issue[]): Problem {
  const [first] = issues
  return new Problem({
    kind: 'invalid_input',
    message: `The service description does not fit the schema: ${first ? `${first.path || 'the whole file'}: ${first.message}` : ''}`,
    issues,
  })
}

interface Definition {
  type: string
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  shape?: Record<string, z.core.$ZodType>
  defaultValue?: unknown
}

function definitionOf(schema: z.core.$ZodType): Definition {
  const { _zod } = schema as z.core.$ZodTypes
  if (_zod.def.type === 'lazy') return definitionOf((_zod as z.core.$ZodLazyInternals).innerType)
  return _zod.def as unknown as Definition
}

function withoutDefaults(schema: z.core.$ZodType, value: unknown): unknown {
  const { type, innerType, element, shape } = definitionOf(schema)
  if (value === null || value === undefined) return value
  if (innerType && type !== 'object') return withoutDefaults(innerType, value)
  if (element && Array.isArray(value)) return value.map((item) => withoutDefaults(element, item))
  if (!shape) return value
  const members = value as Record<string, unknown>
  const kept = Object.entries(shape).flatMap(([name, field]) => {
    const member = members[name]
    if (member === undefined || isDefault(field, member)) return []
    return [[name, withoutDefaults(field, member)]]
  })
  return Object.fromEntries(kept)
}

function isDefault(schema: z.core.$ZodType, value: unknown): boolean {
  const { type, innerType, defaultValue } = definitionOf(schema)
  if (type !== 'default' || !innerType) return false
  // A default is an input: compare with its parsed value.
  return isDeepStrictEqual((innerType as z.ZodType).parse(defaultValue), value)
}
