import { expect, it } from 'vitest'
import { diagnosisBy, refusal } from './diagnosis-fixture.ts'
import { after, refreshed, refused, rotated } from './refresh-fixture.ts'

it('refresh-token-refused: is what remains, also without a word', () => {
  const found = diagnosisBy('refresh-token-refused', refused('A'), after([]))
  expect([found?.weight, found?.actions[0]?.action]).toEqual(['likely', 'reconnect'])
  const mute = diagnosisBy('refresh-token-refused', refused('A', { status: 400 }), after([]))
  expect(mute?.title).not.toBe(found?.title)
})

it('refresh-token-refused: passes over an answer that refused nothing', () => {
  const [busy] = refused('A', { status: 503 })
  const [event] = refused('A')
  if (!busy || !event) throw new Error('two events')
  const found = diagnosisBy('refresh-token-refused', [{ ...busy, id: '0', at: 9_000 }, event], after([]))
  expect(found?.evidence[0]?.event).toBe('1')
})

it('refresh-token-refused: says nothing where more is known, or the client is refused', () => {
  const known = after([refreshed(3_000, 'A', 'B'), rotated])
  expect(diagnosisBy('refresh-token-refused', refused('B'), known)).toBeUndefined()
  const client = refused('A', refusal('invalid_client', undefined, 401))
  expect(diagnosisBy('refresh-token-refused', client, after([]))).toBeUndefined()
})
