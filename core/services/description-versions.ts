// Descriptions as older versions wrote them, brought into today's form: a team's file and a stored service go on working.
import { z } from 'zod'
import { type ServiceDescription, serviceSchema } from '../../contract/service.ts'

type Members = Record<string, unknown>

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A path of version 1 led into the whole answer; one of version 2 leads into an item of the list. */
function intoItem(path: unknown): { items: string; path: unknown } {
  const [, items = '', rest] = (typeof path === 'string' && /^(?:(.*)\.)?0\.(.+)$/.exec(path)) || []
  return rest === undefined ? { items: '', path } : { items, path: rest }
}

/** Version 1 knew one workspace at most. */
function fromOne(description: Members): Members {
  const { workspace, ...others } = description
  if (!isMembers(workspace)) return { ...others, schema: 2 }
  const lists = ['workspaceId', 'workspaceName', 'workspaceSlug'].map((name) => {
    const paths = Array.isArray(workspace[name]) ? workspace[name].map(intoItem) : []
    return { name, paths }
  })
  const items = lists.flatMap(({ paths }) => paths.map((path) => path.items)).find((found) => found !== '') ?? ''
  const inItems = Object.fromEntries(lists.map(({ name, paths }) => [name, paths.map(({ path }) => path)]))
  return { ...others, schema: 2, workspaces: [{ ...workspace, items, ...inItems }] }
}

/** A description of any version as one of today's; what is no description stays as it is. */
export function todaysDescription(json: unknown): unknown {
  return isMembers(json) && json.schema === 1 ? fromOne(json) : json
}

/** A service as the vault holds it, whichever version stored it. */
export const storedServiceSchema = z.codec(z.unknown(), serviceSchema, {
  // What does not fit is found by the schema that comes next.
  decode: (json) => todaysDescription(json) as ServiceDescription,
  encode: (service) => service,
})
