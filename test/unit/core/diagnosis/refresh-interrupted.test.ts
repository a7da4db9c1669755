import { expect, it } from 'vitest'
import { diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { after, lost, obtained, refused, rotated } from './refresh-fixture.ts'

it('refresh-interrupted: is sure where the server replaces refresh tokens', () => {
  const stopped = lost(4_000, 'A', { kind: 'host_ended' })
  const found = diagnosisBy('refresh-interrupted', refused('A'), after([obtained(1_000, 'A'), rotated, stopped]))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value).slice(0, 2)).toEqual(['1970-01-01T00:00:04.000Z', 'host_ended'])
  expect(diagnosisBy('refresh-interrupted', refused('A'), after([stopped]))?.weight).toBe('likely')
})

it('refresh-interrupted: finds it in the same flow, too', () => {
  const [first] = eventsOf(lost(4_000, 'A', { kind: 'timed_out', host: 'as.example' }))
  const [second] = refused('A')
  if (!first || !second) throw new Error('two events')
  const found = diagnosisBy('refresh-interrupted', [{ ...first, id: '0' }, second], after([]))
  expect(found?.evidence[0]?.event).toBe('0')
})

it('refresh-interrupted: says nothing of a request that was never sent, or of another token', () => {
  const unsent = lost(4_000, 'A', { kind: 'network', host: 'as.example', code: 'ECONNREFUSED' })
  expect(diagnosisBy('refresh-interrupted', refused('A'), after([unsent]))).toBeUndefined()
  const other = lost(4_000, 'B', { kind: 'host_ended' })
  expect(diagnosisBy('refresh-interrupted', refused('A'), after([other]))).toBeUndefined()
})
