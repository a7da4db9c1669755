// The pages that only practice services have: an index page with what to enter, and the page to switch quirks.
import type { ClientStore } from './clients.ts'
import { type Answer, empty, html, type Incoming, json, type Route, readForm, readJson } from './http.ts'
import { indexPage } from './index-page.ts'
import type { ServiceProfile } from './profile.ts'
import type { Quirks } from './quirks.ts'
import { QUIRKS_PATH, quirksPage } from './quirks-page.ts'

function switchByForm(quirks: Quirks, request: Incoming): Answer {
  const form = readForm(request)
  if (form.has('reset')) {
    quirks.reset()
    return empty(303, { location: QUIRKS_PATH })
  }
  const wanted = new Set(form.getAll('on'))
  quirks.set(Object.fromEntries(quirks.list().map(({ id }) => [id, wanted.has(id)])))
  return empty(303, { location: `${QUIRKS_PATH}?saved` })
}

const describeQuirks = (quirks: Quirks): Answer =>
  json(
    200,
    quirks.list().map(({ id, name, description, on }) => ({ id, name, description, on })),
  )

function switchByJson(quirks: Quirks, request: Incoming): Answer {
  const body = readJson(request)
  const changes = Object.entries(body ?? {})
  if (!body || changes.some(([, value]) => typeof value !== 'boolean'))
    return json(400, { error: 'Expected an object of quirk ids with true or false' })
  try {
    quirks.set(body as Record<string, boolean>)
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : 'Not a quirk' })
  }
  return describeQuirks(quirks)
}

export function ownRoutes(profile: ServiceProfile, baseUrl: string, clients: ClientStore, quirks: Quirks): Route[] {
  return [
    { method: 'GET', pattern: '/', answer: () => html(200, indexPage(profile, baseUrl, clients)) },
    {
      method: 'GET',
      pattern: QUIRKS_PATH,
      answer: (request) => html(200, quirksPage(profile, quirks.list(), request.query.has('saved'))),
    },
    { method: 'POST', pattern: QUIRKS_PATH, answer: (request) => switchByForm(quirks, request) },
    { method: 'GET', pattern: `${QUIRKS_PATH}.json`, answer: () => describeQuirks(quirks) },
    { method: 'POST', pattern: `${QUIRKS_PATH}.json`, answer: (request) => switchByJson(quirks, request) },
  ]
}
