// What the wizard and the command line both take where nothing was chosen.
import { describe, expect, it } from 'vitest'
import { usualBearer, usualClient, usualGrant } from '../../../contract/connect-defaults.ts'
import { beginDraft } from '../../../renderer/connect/connect-draft.ts'
import { service } from '../renderer/connect/samples.ts'

const byHand = { id: 'key', name: 'API key', type: 'static_token', bearer: { header: 'X-Key', prefix: '' } }
const code = { id: 'code', name: 'Code', type: 'authorization_code' }

describe('where nothing was chosen', () => {
  it('the authorization code grant is taken, wherever it stands', () => {
    expect(usualGrant(service({ grants: [byHand, code] }))?.id).toBe('code')
    expect(usualGrant(service({ grants: [byHand] }))?.id).toBe('key')
    expect(usualGrant({ grants: [] })).toBeUndefined()
  })

  it('a token is sent where its grant says, else where the service says', () => {
    const plane = service({ grants: [byHand, code] })
    const [key, other] = plane.grants
    expect(usualBearer(plane, key)).toEqual({ header: 'X-Key', prefix: '' })
    expect(usualBearer(plane, other)).toEqual(plane.bearer)
  })

  it('a new client is as the service is described', () => {
    expect(usualClient(service({ pkce: 'plain', redirect: { anyPort: 'no' } }))).toMatchObject({
      pkce: 'plain',
      redirect: { mode: 'fixed' },
      grantAuthentication: {},
    })
  })

  it('the wizard proposes the same', () => {
    const plane = service({ grants: [byHand, code] })
    const draft = beginDraft({ services: [plane], clients: [], serviceId: plane.id })
    expect(draft.grantId).toBe('code')
    expect(draft.form.clientAuthentication).toBe(usualClient(plane).clientAuthentication)
  })
})
