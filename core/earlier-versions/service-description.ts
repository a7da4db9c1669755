// Migrates descriptions of older versions, so that shared files and stored services keep working.
import { z } from 'zod'
import { type ServiceDescription, serviceSchema } from '../../contract/service.ts'
import { isObject } from '../json-path.ts'

type Members = Record<string, unknown>

/** Paths of version 1 apply to the whole response, those of version 2 to an item of the list. */
function intoItem(path: unknown): { items: string; path: unknown } {
  const [, items = '', rest] = (typeof path === 'string' && /^(?:(.*)\.)?0\.(.+)$/.exec(path)) || []
  return rest === undefined ? { items: '', path } : { items, path: rest }
}

/** Version 1 had one workspace at most. */
function fromOne(description: Members): Members {
  const { workspace, ...others } = description
  if (!isObject(workspace)) return { ...others, schema: 2 }
  const lists = ['workspaceId', 'workspaceName', 'workspaceSlug'].map((name) => {
    const paths = Array.isArray(workspace[name]) ? workspace[name].map(intoItem) : []
    return { name, paths }
  })
  const items = lists.flatMap(({ paths }) => paths.map((path) => path.items)).find((found) => found !== '') ?? ''
  const inItems = Object.fromEntries(lists.map(({ name, paths }) => [name, paths.map(({ path }) => path)]))
  return { ...others, schema: 2, workspaces: [{ ...workspace, items, ...inItems }] }
}

/** Converts a description of any version to the current one; returns anything else unchanged. */
export function currentDescription(json: unknown): unknown {
  return isObject(json) && json.schema === 1 ? fromOne(json) : json
}

/** A stored service of any version. */
export const storedServiceSchema = z.codec(z.unknown(), serviceSchema, {
  // The schema that follows finds what does not fit.
  decode: (json) => currentDescription(json) as ServiceDescription,
  encode: (service) => service,
})
