// What a description lets Grantdesk ask by itself: who the account is, which workspaces a token reaches, what it may do.
import { z } from 'zod'
import { headerName, jsonPaths, line, pairs } from './description-text.ts'

/** A question to the API. `{workspace_id}` and the like in `path`, `headers` and `body` are filled where known. */
const question = {
  method: z.enum(['GET', 'POST']).default('GET'),
  path: z.string(),
  headers: pairs.default({}),
  body: z.string().default(''),
}

export const identityProbeSchema = z.object({
  ...question,
  accountId: jsonPaths.default([]),
  accountName: jsonPaths.default([]),
  accountEmail: jsonPaths.default([]),
  accountDetail: jsonPaths.default([]),
  /** Where the API reports the token's scopes: an array or a space-separated string. */
  scopes: jsonPaths.default([]),
  /** The header of the answer in which the API reports them instead, separated by commas or blanks. */
  scopesHeader: headerName.optional(),
})

/** Asks which workspaces a token reaches. One whose placeholders cannot all be filled is left out. */
export const workspaceProbeSchema = z.object({
  ...question,
  /** The dotted path to the list of workspaces; empty where the answer itself is the list, or the only workspace. */
  items: z.string().default(''),
  /** Into each item. */
  workspaceId: jsonPaths.default([]),
  workspaceName: jsonPaths.default([]),
  workspaceSlug: jsonPaths.default([]),
  /** A word that tells one from another, such as a role. */
  workspaceDetail: jsonPaths.default([]),
  /** What says nothing without its name, by that name: `bot`, `status`. */
  workspaceFacts: z.record(line, jsonPaths).default({}),
  /** Into the whole answer: the id of the one to begin with. */
  preferred: jsonPaths.default([]),
})

/** Asks the authorization server about the token itself: what it may do, and for how long. */
export const tokenInfoSchema = z.object({
  path: z.string(),
  scopes: jsonPaths.default([]),
  /** Seconds. */
  expiresIn: jsonPaths.default([]),
})
