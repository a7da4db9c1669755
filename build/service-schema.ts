// Writes what a description of a service may say, from contract/service.ts: `npm run schema`. The JSON Schema for editors
// and other tools, and the table of fields in docs/services.md, whose words stay and become the schema's descriptions.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { serviceSchema } from '../contract/service.ts'

type Node = Record<string, unknown> & {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  required?: string[]
  properties?: Record<string, Node>
  items?: Node
  anyOf?: Node[]
  additionalProperties?: Node | false
}

interface Field {
  path: string
  node: Node
  required: boolean
}

const place = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
export const pagePath = place('docs/services.md')
export const schemaPath = place('contract/service-description.v2.schema.json')

const head = '| field | form | what it says |\n|---|---|---|\n'
const begin = '<!-- fields -->\n'
const end = '<!-- /fields -->'

/** The fields that hold something themselves, by paths such as `grants[].inputs[].label`. */
function fieldsOf(node: Node, path = '', required = true): Field[] {
  if (node.items?.properties) return fieldsOf(node.items, `${path}[]`)
  if (!node.properties) return [{ path, node, required }]
  return Object.entries(node.properties).flatMap(([name, below]) =>
    fieldsOf(below, path === '' ? name : `${path}.${name}`, node.required?.includes(name) ?? false),
  )
}

function typeOf({ type, enum: values, const: only, anyOf, items, additionalProperties }: Node): string {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (values) return values.map((value) => `\`${value === ' ' ? '" "' : value}\``).join(', ')
  if (anyOf) return anyOf.map(typeOf).join(' or ')
  if (Array.isArray(type)) return type.map((one) => typeOf({ type: one })).join(' or ')
  if (type === 'object')
    return additionalProperties && additionalProperties.type === 'array' ? 'names and lists' : 'names and texts'
  if (type === 'array') return items?.enum ? `list of ${typeOf(items)}` : 'list'
  return { string: 'text', boolean: 'true or false', integer: 'number' }[type ?? ''] ?? `${type}`
}

function formOf({ node, required }: Field): string {
  const { default: usual } = node
  const isNothing = usual === undefined || usual === '' || JSON.stringify(usual).length === 2
  if (required) return `${typeOf(node)}; needed`
  return isNothing ? typeOf(node) : `${typeOf(node)}; \`${usual === ' ' ? '" "' : String(usual)}\` if left out`
}

/** The words of the table, by field. */
export function meaningsIn(page: string): Map<string, string> {
  const rows = tableIn(page).matchAll(/^\| `([^`]+)` \| .*? \| (.*) \|$/gm)
  return new Map(Array.from(rows, ([, path = '', meaning = '']) => [path, meaning.trim()]))
}

function tableIn(page: string): string {
  return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end))
}

/** The page with a row for each field of the schema; a new one has no words yet. */
export function pageWithFields(page: string): string {
  const meanings = meaningsIn(page)
  const rows = fieldsOf(bareSchema()).map(
    (field) => `| \`${field.path}\` | ${formOf(field)} | ${meanings.get(field.path) ?? ''} |\n`,
  )
  return page.replace(tableIn(page), () => head + rows.join(''))
}

function bareSchema(): Node {
  return z.toJSONSchema(serviceSchema, { io: 'input' }) as Node
}

/** Stricter than the application, which passes over what it does not know: an editor finds a misspelt name. */
export function jsonSchemaText(page: string): string {
  const schema = bareSchema()
  for (const { path, node } of fieldsOf(schema)) node.description = meaningsIn(page).get(path)?.replaceAll('`', '')
  const close = (node: Node): void => {
    if (node.properties) node.additionalProperties = false
    for (const below of [...Object.values(node.properties ?? {}), ...(node.items ? [node.items] : [])]) close(below)
  }
  close(schema)
  const { $schema, ...rest } = schema
  const title = 'A service of Grantdesk, version 2 of the schema'
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = pageWithFields(readFileSync(pagePath, 'utf8'))
  writeFileSync(pagePath, page)
  writeFileSync(schemaPath, jsonSchemaText(page))
}
