import { expect, it } from 'vitest'
import { describeFlow, shortId } from '../../../headless/flow-words.ts'
import { contextOf, eventsOf, exchange } from '../core/diagnosis/diagnosis-fixture.ts'

it('a flow that was imported puts nothing into the terminal', () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J'
  const events = eventsOf(exchange({ request: { method: `GET${hostile}`, url: `https://a.example/${hostile}` } }))
  const { flow } = contextOf({ flow: { id: `f1${hostile}` } })
  const shown = describeFlow({ ...flow, events, missing: 0 })
  for (const control of ['\u001b', '\u0007']) expect(shown).not.toContain(control)
})

it('the beginning of an id tells imported flows from each other', () => {
  expect(shortId('imported-0123456789ab')).toBe('imported-01234567')
  expect(shortId('0c89a3f2-1111-2222')).toBe('0c89a3f2')
})
