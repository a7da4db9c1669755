import { expect, test } from 'vitest'
import type { VaultStatus } from '../../../../contract/vault.ts'
import type { Dispatch } from '../../../../core/door/dispatch.ts'
import { lockedDoor } from '../../../../core/door/locked-door.ts'

const open: VaultStatus = { state: 'open', openedWith: 'Passphrase', slots: [] }
const locked: VaultStatus = { state: 'locked', reason: 'locked_by_hand', why: '', slots: [] }

/** A door whose answers come when they are let to. */
function door() {
  let status = open
  let told: (status: VaultStatus) => void = () => undefined
  const asked: string[] = []
  const answers = Promise.withResolvers<{ ok: true; value: string }>()
  const dispatch: Dispatch = (name) => {
    asked.push(name)
    return answers.promise
  }
  const onStatus = (listener: typeof told) => {
    told = listener
    return () => undefined
  }
  const call = lockedDoor(dispatch, { status: () => status, onStatus })
  return {
    asked,
    call: (name: string) => call(name, {}, 'window'),
    answer: () => answers.resolve({ ok: true, value: 'a token' }),
    become(next: VaultStatus) {
      status = next
      told(next)
    },
  }
}

const shut = { ok: false, failure: { kind: 'vault_locked' } }

test('a locked vault answers nothing but what opens it', async () => {
  const { call, become, asked, answer } = door()
  become(locked)
  answer()
  for (const name of ['connections.token', 'flows.list', 'backup.make', 'settings.save', 'toString']) {
    expect(await call(name), name).toMatchObject(shut)
  }
  for (const name of ['vault.unlock', 'vault.retry', 'app.snapshot'])
    expect(await call(name)).toMatchObject({ ok: true })
  expect(asked).toEqual(['vault.unlock', 'vault.retry', 'app.snapshot'])
})

test('a vault that was shut for another reason after it was open answers nothing either, and says why', async () => {
  const { call, become, asked, answer } = door()
  become({ state: 'broken', why: 'The file was changed.', remedy: 'Try again.', file: 'vault.json' })
  answer()
  expect(await call('flows.list')).toMatchObject({ ok: false, failure: { message: 'The file was changed.' } })
  expect(await call('vault.retry')).toMatchObject({ ok: true })
  expect(asked).toEqual(['vault.retry'])
})

test('what was asked before a lock is not answered after it, opened again or not', async () => {
  for (const after of [locked, open]) {
    const { call, become, answer } = door()
    const asked = call('connections.token')
    become(locked)
    become(after)
    answer()
    expect(await asked).toMatchObject(shut)
  }
})

test('an open vault answers', async () => {
  const { call, answer } = door()
  answer()
  expect(await call('connections.token')).toEqual({ ok: true, value: 'a token' })
})
