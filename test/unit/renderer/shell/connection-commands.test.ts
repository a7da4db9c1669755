import { describe, expect, it } from 'vitest'
import { connectionCommands } from '../../../../renderer/shell/connection-commands.ts'

const good = { status: { kind: 'good' }, refreshable: true, clientId: 'c1', busy: null, damage: null } as const
const labels = (connection: Parameters<typeof connectionCommands>[0]) =>
  connectionCommands(connection).map(({ label }) => label)

describe('the operations on the open connection in the command palette', () => {
  it('are those of its own buttons, in their order', () => {
    expect(labels(good)).toEqual([
      ...['Copy token', 'Copy header', 'Copy as curl', 'Refresh', 'Revoke', 'Reconnect', 'Rename', 'Reveal'],
      'Send request',
    ])
  })

  it('take nothing out of a revoked connection', () => {
    const revocation = { at: 1, outcome: 'revoked', worksUntil: null, page: null, words: '' } as const
    expect(labels({ ...good, status: { kind: 'revoked', revocation } })).toEqual([
      ...['Reconnect', 'Rename', 'Reveal', 'Send request'],
    ])
  })

  it('take nothing out of tokens that are damaged, but leave a damaged client secret its token', () => {
    expect(labels({ ...good, damage: 'tokens' })).toEqual(['Reconnect', 'Rename'])
    expect(labels({ ...good, damage: 'client_secret' })).toContain('Copy token')
  })

  it('leave out what its buttons would refuse now', () => {
    expect(labels({ ...good, refreshable: false })).not.toContain('Refresh')
    expect(labels({ ...good, clientId: null })).not.toContain('Reconnect')
    const busy = labels({ ...good, busy: 'revoking' })
    expect(busy).not.toContain('Refresh')
    expect(busy).not.toContain('Revoke')
    expect(busy[0]).toBe('Cancel what is under way')
  })
})
