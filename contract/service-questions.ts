// The API requests in a service's description that Grantdesk makes itself: to identify the account, the workspaces that a
// token can access, and what it may do.
import { z } from 'zod'
import { headerName, jsonPaths, line, pairs } from './description-text.ts'
import { lazyObject } from './lazy-schema.ts'

/** An API request. Placeholders such as `{workspace_id}` in `path`, `headers` and `body` are filled if known. */
const question = () => ({
  method: z.enum(['GET', 'POST']).default('GET'),
  path: z.string(),
  headers: pairs.default({}),
  body: z.string().default(''),
})

export const identityProbeSchema = lazyObject(() => ({
  ...question(),
  accountId: jsonPaths.default([]),
  accountName: jsonPaths.default([]),
  accountEmail: jsonPaths.default([]),
  accountDetail: jsonPaths.default([]),
  /** Where the API reports the token's scopes: an array or a space-separated string. */
  scopes: jsonPaths.default([]),
  /** Or the response header with the scopes, separated by commas or spaces. */
  scopesHeader: headerName.optional(),
}))

/** Finds the workspaces that a token can access. Skipped if a placeholder cannot be filled. */
export const workspaceProbeSchema = lazyObject(() => ({
  ...question(),
  /** The dotted path to the list of workspaces; empty if the response itself is the list, or the only workspace. */
  items: z.string().default(''),
  /** Into each item. */
  workspaceId: jsonPaths.default([]),
  workspaceName: jsonPaths.default([]),
  workspaceSlug: jsonPaths.default([]),
  /** What distinguishes workspaces, such as a role. */
  workspaceDetail: jsonPaths.default([]),
  /** Values that need a label, by label: `bot`, `status`. */
  workspaceFacts: z.record(line, jsonPaths).default({}),
  /** Into the whole response: the id of the workspace to start with. */
  preferred: jsonPaths.default([]),
}))

/** Asks the authorization server about the token itself: its scopes and lifetime. */
export const tokenInfoSchema = lazyObject(() => ({
  path: z.string(),
  scopes: jsonPaths.default([]),
  /** Seconds. */
  expiresIn: jsonPaths.default([]),
}))
