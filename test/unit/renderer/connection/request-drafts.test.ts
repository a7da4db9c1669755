import { expect, test } from 'vitest'
import { keepDraft, keptDraft } from '../../../../renderer/connection/request-drafts.ts'
import { emptyMirror } from '../../../../renderer/state/mirror.ts'
import { grantdesk } from '../../../../renderer/state/store.ts'

test('what was typed into a request is kept, and forgotten when the vault is locked', () => {
  const draft = { method: 'POST' as const, path: '/', headers: [], body: 'a secret of another service' }
  const { loaded: _, vault, ...rest } = emptyMirror
  const tell = (now: typeof vault) =>
    grantdesk.getState().apply({ kind: 'snapshot', snapshot: { ...rest, vault: now } })
  tell({ state: 'open', openedWith: 'a passphrase', slots: [] })
  keepDraft('c1', draft)
  tell({ state: 'open', openedWith: 'a passphrase', slots: [] })
  expect(keptDraft('c1')).toEqual(draft)
  tell(vault)
  expect(keptDraft('c1')).toBeUndefined()
})
