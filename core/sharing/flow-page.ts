// A flow as one HTML page: its diagram, what the rules conclude from it, and every step. It needs nothing from elsewhere, runs no
// script, and says so to the browser, so that whatever a server wrote into it stays text.
import type { Diagnosis, Evidence } from '../../contract/flow/diagnosis.ts'
import { stepNumbers } from '../../contract/flow/diagram/step-numbers.ts'
import { flowSvg } from '../../contract/flow/diagram/svg-text.ts'
import { elapsedText } from '../../contract/flow/elapsed.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { eventFacts } from '../../contract/flow/event-facts.ts'
import type { RecordedRequest, RecordedResponse } from '../../contract/flow/exchange.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { eventOutcomeWords, flowOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { partyWords } from '../../contract/flow/party-words.ts'
import {
  eventDuration,
  eventNote,
  eventOutcome,
  eventParties,
  eventStatus,
  eventTitle,
  flowTitle,
  missingWords,
} from '../../contract/flow/words.ts'
import { parseJson } from '../json-path.ts'
import { Html, type HtmlChild } from './html.ts'
import { pageStyle } from './page-style.ts'

const h = Html.element

/** Nothing is loaded, run or sent, whatever stands in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

export function flowPage(flow: KeptFlow, diagnoses: readonly Diagnosis[], version: string): string {
  const title = flowTitle(flow)
  const places = placesIn(flow.events)
  const head = h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('title', {}, title),
    h('style', {}, Html.trusted(pageStyle)),
  )
  const main = h(
    'main',
    {},
    h('h1', {}, title),
    headOf(flow),
    flow.missing > 0 ? h('p', {}, missingWords(flow.missing)) : null,
    diagnosisPart(flow, diagnoses, places),
    h('h2', {}, 'Diagram'),
    h('div', { class: 'diagram', tabindex: '0', role: 'region', 'aria-label': 'Diagram' }, Html.trusted(flowSvg(flow))),
    h('h2', {}, 'Steps'),
    flow.events.map((event) => stepOf(event, places.get(event.id), flow.startedAt)),
    h(
      'p',
      { class: 'dim' },
      `Written by Grantdesk ${version}. Every secret is replaced by a pseudonym: equal pseudonyms are equal secrets.`,
    ),
  )
  return `<!doctype html>\n${h('html', { lang: 'en' }, head, h('body', {}, main))}\n`
}

function headOf(flow: KeptFlow): Html {
  const { outcome, startedAt, endedAt, about, events } = flow
  const facts = [
    ...(about.service === null ? [] : [about.service]),
    utc(startedAt),
    ...(endedAt === null ? [] : [`took ${elapsedText(Math.max(0, endedAt - startedAt))}`]),
    `${events.length} ${events.length === 1 ? 'event' : 'events'}`,
    ...(about.importedFrom === null ? [] : [`imported from ${about.importedFrom}`]),
  ]
  return h('p', { class: 'dim' }, h('strong', { class: outcome }, flowOutcomeWords[outcome]), ` · ${facts.join(' · ')}`)
}

function diagnosisPart({ failure }: KeptFlow, diagnoses: readonly Diagnosis[], places: Places): HtmlChild {
  if (failure === null && diagnoses.length === 0) return null
  return [
    h('h2', {}, 'Diagnosis'),
    diagnoses.map((one) => diagnosisOf(one, places)),
    failure === null
      ? null
      : [h('p', {}, failure.message), failure.remedy === undefined ? null : h('p', { class: 'dim' }, failure.remedy)],
  ]
}

/** Where an event stands in the page, and its number in the diagram if it is a step. */
type Places = ReadonlyMap<string, { anchor: string; number: number | null }>

function placesIn(events: readonly FlowEvent[]): Places {
  const numbers = stepNumbers(events)
  return new Map(events.map(({ id }, at) => [id, { anchor: `event-${at + 1}`, number: numbers.get(id) ?? null }]))
}

function diagnosisOf({ weight, title, explanation, evidence, remedy, specification }: Diagnosis, places: Places): Html {
  return h(
    'section',
    { class: weight === 'odd' ? 'diagnosis odd' : 'diagnosis' },
    h('h3', {}, title),
    explanation === '' ? null : h('p', {}, explanation),
    evidence.length === 0
      ? null
      : h(
          'table',
          {},
          evidence.map((one) => evidenceRow(one, places)),
        ),
    h('p', {}, h('strong', {}, 'Remedy: '), remedy),
    specification === null ? null : h('p', { class: 'dim' }, `${specification.name} §${specification.section}`),
  )
}

function evidenceRow({ event, name, value, marked }: Evidence, places: Places): Html {
  const place = event === null ? undefined : places.get(event)
  const words = place?.number === null ? 'this check' : `step ${place?.number}`
  const step = place === undefined ? null : [' ', h('a', { href: `#${place.anchor}` }, words)]
  const shown: HtmlChild =
    marked === null ? value : [value.slice(0, marked[0]), h('mark', {}, value.slice(...marked)), value.slice(marked[1])]
  return h('tr', {}, h('th', { scope: 'row' }, name, step), h('td', {}, shown))
}

function stepOf(
  event: FlowEvent,
  place: { anchor: string; number: number | null } | undefined,
  startedAt: number,
): Html {
  const outcome = eventOutcome(event)
  const duration = eventDuration(event)
  const status = eventStatus(event)
  const facts = [
    status === null ? '' : String(status),
    duration === null ? '' : elapsedText(Math.max(0, duration)),
    outcome === 'succeeded' ? '' : eventOutcomeWords[outcome].toLowerCase(),
  ].filter(Boolean)
  const title = h('span', { class: 'title' }, eventTitle(event))
  const aside = h('span', { class: outcome === 'failed' ? 'failed' : 'dim' }, facts.join(' · '))
  const number = place?.number ?? null
  return h(
    'details',
    { id: place?.anchor ?? null, ...(outcome === 'failed' ? { open: '' } : {}) },
    h('summary', {}, h('span', { class: 'number' }, number === null ? '' : String(number)), title, aside),
    h('div', { class: 'step' }, stepContent(event, startedAt)),
  )
}

function stepContent(event: FlowEvent, startedAt: number): HtmlChild {
  const { from, to } = eventParties(event)
  const route = from === to ? partyWords[from] : `${partyWords[from]} → ${partyWords[to]}`
  const note = eventNote(event)
  const request = 'request' in event ? event.request : null
  const response = 'response' in event ? event.response : null
  return [
    h(
      'p',
      { class: 'dim' },
      `${route} · ${utc(event.at)} · ${elapsedText(Math.max(0, event.at - startedAt))} after the beginning`,
    ),
    note === '' ? null : h('p', {}, note),
    table('Facts', eventFacts(event)),
    event.kind === 'authorization_request' ? h('pre', {}, `GET ${event.endpoint}`) : null,
    'parameters' in event ? table('Parameters', event.parameters) : null,
    request && requestPart(request),
    response && responsePart(response),
  ]
}

function requestPart({ method, url, headers, body, truncated }: RecordedRequest): HtmlChild {
  return [
    h('pre', {}, `${method} ${url}`),
    table('Request headers', headers),
    bodyPart('Request body', body, truncated),
  ]
}

function responsePart({ status, statusText, headers, body, truncated }: RecordedResponse): HtmlChild {
  return [
    h('pre', {}, `${status} ${statusText}`.trim()),
    table('Response headers', headers),
    bodyPart('Response body', body, truncated),
  ]
}

function bodyPart(title: string, body: string | null, truncated: boolean): HtmlChild {
  if (body === null || body === '') return null
  const parsed = /^\s*[{[]/.test(body) ? parseJson(body) : undefined
  const shown = parsed === undefined ? body : JSON.stringify(parsed, null, 2)
  return [
    h('p', { class: 'dim' }, truncated ? `${title}, only its beginning was recorded` : title),
    h('pre', {}, shown),
  ]
}

function table(caption: string, pairs: readonly (readonly [string, string])[]): HtmlChild {
  if (pairs.length === 0) return null
  const rows = pairs.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)))
  return h('table', {}, h('caption', {}, caption), rows)
}

/** `2026-11-30 09:15:02.120 UTC`; empty for a time that no calendar has. */
function utc(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('T', ' ').replace('Z', ' UTC')
}
