// An app that is installed from Plane's side: its Setup URL is pasted, and leads to the bot of the workspace that it names.
import { expect, it } from 'vitest'
import { openTestApp } from '../support/test-app.ts'

it('an installation begun in the marketplace is pasted, and the flow says that it was named by hand', async () => {
  const grantdesk = await openTestApp()
  try {
    const status = await grantdesk.call('practice.start', {})
    const plane =
      status.state === 'running' ? status.services.find(({ serviceId }) => serviceId === 'plane') : undefined
    if (!plane) throw new Error('practice has no Plane')
    const body = new URLSearchParams({ app: 'plane-practice-app', workspace: 'practice-two' })
    const page = await (await fetch(`${plane.baseUrl}/marketplace/`, { method: 'POST', body })).text()
    const installation = /id="setup_url">([^<]+)</.exec(page)?.[1] ?? ''
    expect(installation).toContain('app_installation_id=')
    const asked = { client: { id: plane.clientId }, grantId: 'bot_token', scopes: ['read'], openBrowser: false }
    await expect(
      grantdesk.call('connect.start', { ...asked, installation: 'https://app.example.com/setup?code=c' }),
    ).rejects.toMatchObject({
      failure: { kind: 'invalid_input', message: expect.stringContaining('app_installation_id') },
    })
    const begun = await grantdesk.call('connect.start', { ...asked, installation })
    const ended = await grantdesk.settled(begun.id)
    if (ended.state !== 'done') throw new Error(JSON.stringify(ended))
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections).toMatchObject([{ actsAs: 'the app’s bot', workspace: { slug: 'practice-two' } }])
    const { events } = await grantdesk.call('flows.get', { id: ended.flowId })
    expect(events).toContainEqual(
      expect.objectContaining({ which: 'installation', result: 'unconfirmed', reason: 'unsolicited' }),
    )
    expect(events.some(({ kind }) => kind === 'authorization_request')).toBe(false)
  } finally {
    await grantdesk.close()
  }
})
