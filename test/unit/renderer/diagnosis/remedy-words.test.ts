import { expect, it } from 'vitest'
import type { ReconnectChanges } from '../../../../contract/flow/diagnosis.ts'
import { remedyWords } from '../../../../renderer/diagnosis/remedy-words.ts'

const reconnect = (changes: ReconnectChanges, connectionId: string | null = 'c1') =>
  remedyWords({ action: 'reconnect', connectionId, changes }, 'connect')

it('a button to connect again says what is done otherwise', () => {
  expect(reconnect({})).toBe('Reconnect')
  expect(reconnect({}, null)).toBe('Connect again')
  expect(reconnect({ addScopes: ['write'] })).toBe('Reconnect with write')
  expect(reconnect({ parameters: { prompt: '' } })).toBe('Reconnect without prompt')
  expect(reconnect({ parameters: { access_type: 'offline' } }, null)).toBe('Connect with access_type=offline')
  expect(reconnect({ pkce: 'off' })).toBe('Try without PKCE')
  expect(reconnect({ redirect: { mode: 'fixed', port: 53_682 } }, null)).toMatch(/^Connect with http.*:53682\//)
})

it('several scopes are counted', () => {
  const words = remedyWords({ action: 'step_up', connectionId: 'c1', scopes: ['a', 'b'] }, 'request')
  expect(words).toBe('Reconnect with 2 more scopes and send again')
})
