import { expect, it } from 'vitest'
import { closeApplication } from '../../../core/closing.ts'

/** Closes an application with these unsaved tokens; returns what was done and how it went. */
async function closed(unsaved: string[], evenIfLost = false) {
  const done: string[] = []
  const noting = (what: string) => async () => void done.push(what)
  const parts = {
    forgetCopied: noting('forget copied'),
    settle: noting('settle'),
    saveUnsaved: async () => unsaved,
    reopen: () => void done.push('reopen'),
    end: noting('end'),
  }
  const failure = await closeApplication(parts, evenIfLost).catch((error: Error) => error.message)
  return { done, failure }
}

it('ends after all that is under way has settled', async () => {
  expect(await closed([])).toEqual({ done: ['forget copied', 'settle', 'end'], failure: undefined })
})

it('goes on instead of dropping tokens that are not on disk, and names them', async () => {
  const { done, failure } = await closed(['Plane', 'Planio'])
  expect(done).toEqual(['forget copied', 'settle', 'reopen'])
  expect(failure).toContain('Plane, Planio')
})

it('ends without them where the person says so', async () => {
  expect((await closed(['Plane'], true)).done).toEqual(['forget copied', 'settle', 'end'])
})
