import { describe, expect, it } from 'vitest'
import { beginDraft, withChanges } from '../../../../renderer/connect/connect-draft.ts'
import { client, service } from './samples.ts'

const plane = service()
const before = beginDraft({ services: [plane], clients: [client()], serviceId: plane.id, clientId: 'c1' })

describe('a draft with what a diagnosis changes', () => {
  it('asks for more scopes, each once, with the client as it is stored', () => {
    const draft = withChanges(before, plane, { addScopes: ['write', 'admin'] })
    expect(draft.scopes).toEqual([...before.scopes, 'admin'])
    expect(draft.storedClientId).toBe('c1')
  })

  it('hands a changed client over again', () => {
    const draft = withChanges(before, plane, {
      clientAuthentication: 'basic',
      redirect: { mode: 'fixed', port: 53_690 },
    })
    expect(draft).toMatchObject({ storedClientId: null, form: { clientAuthentication: 'basic', anyPort: false } })
    expect(draft.form.redirectUri).toContain(':53690/')
  })

  it('adds a parameter, replaces one of its name, and leaves one out', () => {
    const asked = withChanges(before, plane, { parameters: { access_type: 'offline', prompt: 'none' } })
    const again = withChanges(asked, plane, { parameters: { prompt: '', access_type: 'online' } })
    expect(again.parameters.map(({ name, value, place }) => [name, value, place])).toEqual([
      ['access_type', 'online', 'beginning'],
    ])
  })
})
