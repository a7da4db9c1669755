import { describe, expect, it } from 'vitest'
import { eventNote, eventTitle } from '../../../../contract/flow/words.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { createFlowFiles } from '../../../../core/flows/flow-file.ts'
import type { FlowHead } from '../../../../core/flows/flow-line.ts'
import { memorySealedLogs } from '../../../support/memory-logs.ts'

const head: FlowHead = {
  ...{ id: 'f1', kind: 'connect', about: aboutNothing, serviceId: 'plane', connectionId: null },
  ...{ startedAt: 1, endedAt: null, outcome: 'succeeded', failure: null },
}

/** An event as an earlier version stored it, as this one reads it. */
function read(facts: object) {
  const logs = memorySealedLogs()
  const files = createFlowFiles(logs)
  files.begin(head)
  logs.append('flows/f1.log', JSON.stringify({ event: { id: 'e', at: 1, ...facts } }))
  const [event, ...others] = files.read('f1')?.events ?? []
  expect([others, files.read('f1')?.missing]).toEqual([[], 0])
  if (!event) throw new Error('the event was not read')
  return { event, title: eventTitle(event), note: eventNote(event) }
}

const check = (which: string, result: string, facts: object) => ({
  ...{ kind: 'check', which, result, expected: null, found: null, reason: null },
  ...facts,
})

describe('an event of an earlier version', () => {
  it('that is a refresh token without facts gets them', () => {
    expect(read(check('refresh_token', 'passed', {})).event).toMatchObject({ found: 'issued' })
    expect(read(check('refresh_token', 'passed', { reason: 'rotated' })).event).toMatchObject({ found: 'rotated' })
    expect(read(check('refresh_token', 'skipped', { reason: 'none_issued' })).event).toMatchObject({ found: null })
  })

  it('that calls PKCE passed before anything was sent says that it was sent', () => {
    const { event, title } = read(check('pkce', 'passed', { expected: 'S256', found: 'S256' }))
    expect(event).toMatchObject({ expected: null, found: 'S256', result: 'unconfirmed', reason: 'sent' })
    expect(title).toBe('PKCE: S256 sent')
    const off = read(check('pkce', 'unconfirmed', { expected: 'S256', reason: 'switched_off' }))
    expect(off.event).toMatchObject({ expected: null, found: 'off' })
    const plain = { expected: 'S256', found: 'plain', reason: 'plain_method' }
    expect(read(check('pkce', 'unconfirmed', plain)).title).toBe('PKCE: plain')
  })

  it('that is a decision says the same as then', () => {
    const facts = { question: 'other_account', choice: 'replace', connection: 'Mine', heldBy: null, signedInAs: 'ada' }
    const { event, title, note } = read({ kind: 'decision', ...facts })
    expect(event).toMatchObject({ kind: 'decision', decision: facts })
    expect([title, note]).toEqual(['Another account', '“Mine” is ada’s now, as you decided.'])
  })

  it('that is a second try keeps its sentence', () => {
    const { event, note } = read({ kind: 'second_try', failure: 'Nothing answers at a.example.' })
    expect(event).toMatchObject({ failure: { kind: 'legacy', message: 'Nothing answers at a.example.' } })
    expect(note).toMatch(/no other was to be had: Nothing answers at a\.example\.$/)
    expect(read({ kind: 'second_try', failure: null }).title).toBe('Refreshed')
  })
})
