// An event's details besides its title, note, request and response, as names and values.
import { checkValueWords } from './check-words.ts'
import { decisionFacts } from './decision-words.ts'
import type { EventOf, FlowEvent } from './event.ts'

type Facts = [name: string, value: string][]

/** Empty if title, note, request and response say it all. */
export function eventFacts(event: FlowEvent): Facts {
  switch (event.kind) {
    case 'exchange':
      return exchangeFacts(event)
    case 'check':
      return named([
        ['expected', checkValueWords(event.expected)],
        ['found', checkValueWords(event.found)],
        ['result', event.result],
      ])
    case 'redirect':
      return [['received', receivedWords[event.via]]]
    case 'decision':
      return named(decisionFacts(event.decision))
    case 'second_try':
      return event.failure === null ? [] : [['failure', event.failure.kind.replaceAll('_', ' ')]]
    case 'revocation_not_offered':
      return named([['page', event.page ?? '']])
    case 'stray_request':
      return event.status === null ? [] : [['answered with', String(event.status)]]
    // Its parameters say it all.
    case 'authorization_request':
    case 'wait':
    case 'token_handed_over':
    case 'legacy_step':
      return []
  }
}

const receivedWords: Record<EventOf<'redirect'>['via'], string> = {
  listener: 'by the redirect listener',
  app: 'from the system, at the app’s own scheme',
  pasted: 'pasted by hand',
  out_of_band: 'pasted by hand',
}

function exchangeFacts({ timing, attempts, response }: EventOf<'exchange'>): Facts {
  const ms = (value: number | null) => (value === null ? '' : `${value} ms`)
  return named([
    ['first byte after', ms(timing.waiting)],
    ['last byte after another', ms(timing.receiving)],
    ['sent', attempts > 1 ? `${attempts} times` : ''],
    ['body', response?.size ? `${response.size} bytes` : ''],
  ])
}

function named(facts: Facts): Facts {
  return facts.filter(([, value]) => value !== '')
}
