// Tokens that are not on disk yet: which are held, and when writing them is tried again.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createUnsavedTokenQueue } from '../../../../core/connections/unsaved-token-queue.ts'
import type { UnsavedTokens } from '../../../../core/connections/unsaved-tokens.ts'
import { connection, tokens } from '../vault/sample-records.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function arrived(accessToken: string): UnsavedTokens {
  return { record: connection('Plane'), tokens: tokens(accessToken), over: null }
}

test('tokens are tried again after a while, once however many wait', () => {
  const retry = vi.fn()
  const queue = createUnsavedTokenQueue(retry)
  queue.add('one', arrived('a'))
  queue.add('two', arrived('b'))
  vi.advanceTimersByTime(5_000)
  expect(retry).toHaveBeenCalledTimes(1)
})

test('nothing is tried again when nothing waits', () => {
  const retry = vi.fn()
  const queue = createUnsavedTokenQueue(retry)
  queue.add('one', arrived('a'))
  queue.delete('one')
  queue.planRetry()
  vi.advanceTimersByTime(60_000)
  expect(retry).not.toHaveBeenCalled()
})

test('newer tokens take the place of those before, and come over the same ones that the vault holds', () => {
  const queue = createUnsavedTokenQueue(() => undefined)
  const inVault = tokens('in-vault')
  queue.add('one', { ...arrived('first'), over: inVault })
  queue.add('one', { ...arrived('second'), over: tokens('first') })
  expect(queue.get('one')?.tokens.accessToken.reveal()).toBe(tokens('second').accessToken.reveal())
  expect(queue.get('one')?.over).toBe(inVault)
})

test('what waits when the vault is shut is kept, and tried only after it was opened', () => {
  const retry = vi.fn()
  const queue = createUnsavedTokenQueue(retry)
  queue.add('one', arrived('a'))
  queue.close()
  vi.advanceTimersByTime(60_000)
  expect(retry).not.toHaveBeenCalled()
  expect(queue.get('one')).toBeUndefined()
  expect(queue.shut().map(([id]) => id)).toEqual(['one'])
})
