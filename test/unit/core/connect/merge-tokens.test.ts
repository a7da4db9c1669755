import { describe, expect, it } from 'vitest'
import { mergeTokens, reconnected } from '../../../../core/connect/merge-tokens.ts'
import type { ConnectionRecord, TokensRecord } from '../../../../core/records.ts'
import { Secret } from '../../../../core/secret.ts'
import { connection, planted, tokens } from '../vault/sample-records.ts'

/** The tokens that the reconnected connection holds after the merge. */
async function merged(proven: boolean): Promise<TokensRecord> {
  const held = new Map<string, TokensRecord>([
    ['old', tokens()],
    ['new', { ...tokens('new-access'), refreshToken: new Secret('new-refresh'), previousRefreshToken: null }],
  ])
  await mergeTokens(
    {
      clock: { now: () => 9 },
      connections: {
        tokens: async (id) => held.get(id) ?? tokens(),
        async absorb(into, _from, _change, next) {
          held.set(into, next)
        },
      },
    },
    { into: 'old', from: 'new', proven },
  )
  return held.get('old') ?? tokens()
}

describe('tokens that are merged into a reconnected connection', () => {
  it('keep the refresh token before them until the account is proven', async () => {
    expect((await merged(false)).previousRefreshToken?.reveal()).toBe(planted.refreshToken)
    expect((await merged(true)).previousRefreshToken).toBeNull()
  })

  it('take the place of the old ones, which are remembered as replaced', async () => {
    const { accessToken, refreshToken, replaced } = await merged(true)
    expect([accessToken.reveal(), refreshToken?.reveal()]).toEqual(['new-access', 'new-refresh'])
    expect(replaced.map((each) => each.reveal())).toContain(planted.accessToken)
  })
})

describe('a reconnected connection', () => {
  const before: ConnectionRecord = { ...connection('Mine'), tags: ['mine'], createdAt: 1, autoRefresh: false }

  it('keeps what the person set', () => {
    const fresh = { ...connection('Plane at host'), tags: [], createdAt: 8, autoRefresh: true }
    expect(reconnected(before, fresh, 9)).toMatchObject({
      name: 'Mine',
      tags: ['mine'],
      createdAt: 1,
      autoRefresh: false,
    })
  })

  it('keeps account and workspace where the new answer does not say', () => {
    const fresh = { ...connection('new'), account: null, workspaces: [], workspace: null }
    expect(reconnected(before, fresh, 9)).toMatchObject({ account: before.account, workspace: before.workspace })
  })

  it('keeps the chosen workspace among those that the new tokens reach', () => {
    const workspaces = ['a', 'b'].map((id) => ({ id, name: id, slug: null })) as ConnectionRecord['workspaces']
    const fresh = { ...connection('new'), workspaces, workspace: workspaces[0] ?? null }
    expect(reconnected({ ...before, workspace: workspaces[1] ?? null }, fresh, 9).workspace?.id).toBe('b')
  })
})
