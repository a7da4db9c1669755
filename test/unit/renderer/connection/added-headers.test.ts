import { describe, expect, it } from 'vitest'
import { addedHeaders, maskedToken } from '../../../../renderer/connection/added-headers.ts'

const firm = { id: 'f/1', name: 'Firm', slug: null, detail: null }
const sender = {
  bearer: { header: 'Authorization', prefix: 'Bearer ' },
  workspace: firm,
  workspaces: [firm, { ...firm, id: 'f2' }],
  grantId: 'code',
  account: null,
  kept: {},
}
const service = {
  requestHeaders: { Accept: 'application/json', 'X-Account': '{workspace_id}' },
  grants: [],
  beatsBearer: ['X-Key'],
}

describe('the headers that go along', () => {
  it('are the service’s own, filled as the host fills them, and the token’s with the token masked', () => {
    expect(addedHeaders(sender, service, [])).toEqual([
      { name: 'Accept', value: 'application/json', instead: null },
      { name: 'X-Account', value: 'f/1', instead: null },
      { name: 'Authorization', value: `Bearer ${maskedToken}`, instead: null },
    ])
  })

  it('say where the token of this connection stands, not where the service’s usually does', () => {
    const keyed = { ...sender, bearer: { header: 'X-Api-Key', prefix: '' } }
    expect(addedHeaders(keyed, undefined, [])).toEqual([{ name: 'X-Api-Key', value: maskedToken, instead: null }])
  })

  it('name the one that is left out until the workspace is chosen', () => {
    const [, open] = addedHeaders({ ...sender, workspace: null }, service, [])
    expect(open).toEqual({
      name: 'X-Account',
      value: '{workspace_id}',
      instead: 'left out until the workspace is chosen',
    })
  })

  it('name the one that the service gave nothing for', () => {
    const [, open] = addedHeaders({ ...sender, workspace: null, workspaces: [] }, service, [])
    expect(open?.instead).toMatch(/did not say/)
  })

  it('say where the person typed a key that beats the token, and not where the token is that key', () => {
    expect(addedHeaders(sender, service, [' x-key']).at(-1)?.instead).toBe('does not count: the X-Key above beats it')
    const keyed = { ...sender, bearer: { header: 'X-Key', prefix: '' } }
    expect(addedHeaders(keyed, service, ['x-key']).at(-1)?.instead).toBe('replaced by the one above')
    expect(addedHeaders(keyed, service, []).at(-1)?.instead).toBeNull()
  })

  it('give way to those that the person typed, whatever the case', () => {
    const instead = addedHeaders(sender, service, ['accept', ' AUTHORIZATION ']).map((each) => each.instead)
    expect(instead).toEqual(['replaced by the one above', null, 'replaced by the one above'])
  })
})
