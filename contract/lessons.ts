// “Break it yourself”: classic failures, each made on purpose by a practice service, to see what is said of it and why.
import type { ReconnectChanges } from './flow/diagnosis.ts'

export interface Lesson {
  id: string
  title: string
  /** What the person does; the rest happens by itself. */
  task: string
  serviceId: string
  /** Switches of the practice service. */
  quirks: string[]
  /** What the attempt does otherwise. */
  changes: ReconnectChanges
  /** The diagnosis rule that tells of it. */
  rule: string
}

const connect = 'Connect and allow it.'

export const lessons = [
  {
    id: 'redirect-uri',
    title: 'The redirect URI is not the registered one',
    task: 'Connect. The service keeps the browser on a page of its own: come back and cancel.',
    ...{ serviceId: 'plannr', quirks: ['redirect-exact'], rule: 'redirect-uri-port' },
    changes: { redirect: { mode: 'ephemeral' } },
  },
  {
    id: 'client-authentication',
    title: 'The client authenticates in a way that the server does not take',
    task: connect,
    ...{ serviceId: 'planio', quirks: ['basic-only'], changes: {}, rule: 'client-refused' },
  },
  {
    id: 'token-endpoint',
    title: 'The token endpoint is somewhere else',
    task: connect,
    ...{ serviceId: 'planio', quirks: ['token-endpoint-404'], changes: {}, rule: 'token-endpoint-not-found' },
  },
  {
    id: 'pkce',
    title: 'The server refuses PKCE',
    task: connect,
    ...{ serviceId: 'planio', quirks: ['pkce-refused'], changes: {}, rule: 'pkce-refused' },
  },
  {
    id: 'scope',
    title: 'A scope that the server does not know',
    task: connect,
    ...{ serviceId: 'planio', quirks: [], rule: 'scope-refused' },
    changes: { addScopes: ['view_everything'] },
  },
  {
    id: 'fewer-scopes',
    title: 'Fewer scopes than you asked for',
    task: connect,
    ...{ serviceId: 'planio', quirks: ['fewer-scopes'], rule: 'scopes-fewer' },
    changes: { scopes: ['view_project', 'view_issues'] },
  },
  {
    id: 'no-refresh-token',
    title: 'No refresh token comes',
    task: connect,
    ...{ serviceId: 'planio', quirks: ['no-refresh-token'], changes: {}, rule: 'no-refresh-token' },
  },
  {
    id: 'consent',
    title: 'You say no',
    task: 'Connect and deny it.',
    ...{ serviceId: 'planio', quirks: [], changes: {}, rule: 'consent-refused' },
  },
  {
    id: 'error-without-state',
    title: 'An error comes back without state',
    task: 'Connect and deny it. Nobody can know whose answer that is: cancel.',
    ...{ serviceId: 'planio', quirks: ['error-without-state'], changes: {}, rule: 'error-without-state' },
  },
  {
    id: 'no-oauth',
    title: 'An edition of the service without OAuth',
    task: 'Connect.',
    ...{ serviceId: 'plane', quirks: ['community-edition'], changes: {}, rule: 'oauth-not-offered' },
  },
  {
    id: 'server-trouble',
    title: 'The server is broken',
    task: 'Connect and allow it, and wait a little: it is asked again before it is given up.',
    ...{ serviceId: 'planio', quirks: ['server-errors'], changes: {}, rule: 'token-endpoint-trouble' },
  },
  {
    id: 'rate-limit',
    title: 'Too many requests',
    task: 'Connect and allow it, then send any request with the connection.',
    ...{ serviceId: 'planio', quirks: ['api-429'], changes: {}, rule: 'rate-limited' },
  },
] as const satisfies Lesson[]

export type LessonId = (typeof lessons)[number]['id']

export const lessonIds = lessons.map(({ id }) => id) as [LessonId, ...LessonId[]]
