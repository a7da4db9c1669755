import { expect, it } from 'vitest'
import { createVaultContents } from '../../../core/vault-contents.ts'

/** The contents over parts that note what is asked of them; those named in `failing` fail. */
function contents(failing: string[] = []) {
  const done: string[] = []
  const noting = (what: string) => async () => {
    done.push(what)
    if (failing.includes(what)) throw new Error(what)
  }
  const logged: string[] = []
  const made = createVaultContents({
    log: { write: (_level, words) => logged.push(words) },
    stores: { load: noting('load'), carryOver: noting('carry over'), forget: () => done.push('forget') },
    recovering: [{ recover: noting('refreshes') }, { recover: noting('connects') }],
    connector: { close: noting('close attempts') },
  })
  return { done, logged, ...made }
}

const all = ['load', 'carry over', 'refreshes', 'connects']

it('are loaded, carried over and recovered once, however often they are asked for', async () => {
  const { done, ensure } = contents()
  await Promise.all([ensure(), ensure()])
  await ensure()
  expect(done).toEqual(all)
})

it('open although nothing could be carried over or recovered, and the log tells', async () => {
  const { done, logged, ensure } = contents(['carry over', 'refreshes'])
  await ensure()
  expect(done).toEqual(all)
  expect(logged).toHaveLength(2)
})

it('are loaded at the next try where that failed', async () => {
  const failing = ['load']
  const { done, ensure } = contents(failing)
  await expect(ensure()).rejects.toThrow('load')
  failing.pop()
  await ensure()
  expect(done).toEqual(['load', ...all])
})

it('are dropped with the attempts under way, and loaded anew afterwards', async () => {
  const { done, ensure, forget } = contents()
  await ensure()
  forget()
  await ensure()
  expect(done).toEqual([...all, 'close attempts', 'forget', ...all])
})
