import { describe, expect, it } from 'vitest'
import { createDispatch, type Implementation } from '../../../../core/door/dispatch.ts'
import { problem } from '../../../../core/problem.ts'

const logged: string[] = []
const log = { write: (...line: unknown[]) => void logged.push(JSON.stringify(line)) }

function dispatchWith(implementation: Partial<Implementation>) {
  return createDispatch(implementation as Implementation, log)
}

describe('the door', () => {
  it('names the field that does not fit', async () => {
    const dispatch = dispatchWith({})
    expect(await dispatch('connections.rename', { id: 'a', name: '   ' }, 'window')).toMatchObject({
      ok: false,
      failure: { kind: 'invalid_input', issues: [{ path: 'name', message: 'A name is missing.' }] },
    })
  })

  it('refuses an object in the place of a text, whatever its length is made of', async () => {
    const dispatch = dispatchWith({})
    const id = { length: { valueOf: 1, toString: 1 } }
    expect(await dispatch('connections.refresh', { id }, 'window')).toMatchObject({
      ok: false,
      failure: { kind: 'invalid_input' },
    })
  })

  it('passes a problem on as it is', async () => {
    const dispatch = dispatchWith({ 'connections.refresh': () => Promise.reject(problem('not_found', 'Gone.')) })
    expect(await dispatch('connections.refresh', { id: 'a' }, 'window')).toEqual({
      ok: false,
      failure: { kind: 'not_found', message: 'Gone.', remedy: undefined },
    })
  })

  it('tells a bug by its incident number alone, to the caller and to the log', async () => {
    const dispatch = dispatchWith({ 'connect.cancel': () => Promise.reject(new Error('token s3cr3t-value')) })
    const answer = await dispatch('connect.cancel', { id: 'a' }, 'window')
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'internal' } })
    expect(JSON.stringify([answer, logged])).not.toContain('s3cr3t-value')
    if (!answer.ok && answer.failure.kind === 'internal') expect(logged.join()).toContain(answer.failure.incident)
  })

  it('lets no field out that the table does not declare', async () => {
    const leaky = { value: 'shown', accessToken: 'not to be seen' }
    const dispatch = dispatchWith({ 'connections.reveal': () => Promise.resolve(leaky) })
    expect(await dispatch('connections.reveal', { id: 'a', what: 'access_token' }, 'window')).toEqual({
      ok: true,
      value: { value: 'shown' },
    })
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('knows no procedure “%s”', async (name) => {
    const answer = await dispatchWith({})(name, {}, 'tab')
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'not_found' } })
  })
})
