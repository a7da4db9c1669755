// Webhooks in the window: a listener is started, deliveries appear as they come, one is read, sent on, pasted, cleared.
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { clipboardOf, connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const secret = 'plane_wh_0123456789abcdef'

describe.skipIf(findChromium() === null)('webhooks', () => {
  let grantdesk: ServedApp
  let own: TestServer
  let url = ''
  let workspaceId = ''
  const got: string[] = []

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    own = await serve((request, response) => {
      got.push(String(request.headers['x-plane-signature']))
      response.writeHead(422, { 'content-type': 'text/plain' }).end('the issue is unknown')
    })
  })
  afterAll(async () => {
    await grantdesk?.close()
    await own?.close()
  })

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()
  const row = (words: string | RegExp) => grantdesk.page.getByRole('listitem').getByRole('button', { name: words })

  function deliver(more: object = {}, { key = secret, id = 'd-1' } = {}): Promise<Response> {
    const body = JSON.stringify({
      ...{ event: 'issue', action: 'created', workspace_id: workspaceId },
      ...{ data: { name: 'Fix the rocket' }, activity: { actor: { display_name: 'Ada Lovelace' } } },
      ...more,
    })
    const signature = createHmac('sha256', key).update(body).digest('hex')
    const headers = { 'X-Plane-Delivery': id, 'X-Plane-Event': 'issue', 'X-Plane-Signature': signature }
    return fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })
  }

  it('begin empty, and say what to do', async () => {
    const { page } = grantdesk
    await connect(grantdesk, 'plane', 'ada')
    const { connections } = await grantdesk.ask('app.snapshot', {})
    workspaceId = connections[0]?.workspace?.id ?? ''
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Webhooks' }).click()
    await page.getByText('Nothing has been delivered yet').waitFor()
    await page.getByText('None is stored, so no signature is checked.').waitFor()
    await expectAccessible(grantdesk, 'webhooks without anything')
    await grantdesk.screenshot('webhooks-empty')
  })

  it('have a secret, which is never shown again', async () => {
    const { page } = grantdesk
    await press('Store a secret')
    await page.getByLabel('Secret of the webhook', { exact: true }).fill(secret)
    await page.getByLabel('Name', { exact: true }).fill('acme')
    await expectAccessible(grantdesk, 'the form of a secret')
    await grantdesk.screenshot('webhooks-secret')
    await page.getByLabel('Name', { exact: true }).press('Enter')
    await page.getByText('any workspace, stored').waitFor()
    expect(await page.content()).not.toContain(secret)
  })

  it('listen at an address that can be copied, and say how it becomes reachable', async () => {
    const { page } = grantdesk
    await press('Start')
    await page.getByText('listening').waitFor()
    await page.getByText('Only this machine reaches it.').waitFor()
    await press('Copy address')
    url = await clipboardOf(grantdesk)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/)
    await page.getByText('Waiting for the first delivery').waitFor()
    await page.getByRole('button', { name: 'Send one from practice Plane' }).waitFor()
  })

  it('come from practice Plane at the press of a button, wrong ones too', async () => {
    const { page, ask } = grantdesk
    const practice = await ask('practice.start', {})
    const services = practice.state === 'running' ? practice.services : []
    const tab = await page.context().newPage()
    await tab.goto(services.find(({ serviceId }) => serviceId === 'plane')?.webhooksUrl ?? '')
    await tab.getByLabel('Address').fill(url)
    await tab.getByLabel('How').selectOption('Without a signature')
    await expectAccessible({ ...grantdesk, page: tab }, 'the page that sends deliveries')
    if (process.env.GRANTDESK_SCREENSHOTS)
      await tab.screenshot({ path: join(process.env.GRANTDESK_SCREENSHOTS, 'webhooks-practice.png'), fullPage: true })
    await tab.getByRole('button', { name: 'Send', exact: true }).click()
    await tab.getByText('The receiver answered 200.').waitFor()
    await tab.close()
    await row(/issue · created not signed alice/).waitFor()
    await ask('webhooks.clear', { serviceId: 'plane' })
    await page.getByText('Waiting for the first delivery').waitFor()
  })

  it('show each delivery as it comes, for what it is', async () => {
    const { page } = grantdesk
    expect((await deliver()).status).toBe(200)
    await row(/issue · created signature fits Ada Lovelace, .* just now/).waitFor()
    await deliver()
    await row(/sent again: same delivery id/).waitFor()
    await deliver({ action: 'deleted' }, { key: 'forged', id: 'd-2' })
    await row(/issue · deleted wrong signature/).waitFor()
    await fetch(new URL('/elsewhere', url), { method: 'POST' })
    await page.getByText('1 to another path (404)').waitFor()
    await expectAccessible(grantdesk, 'deliveries')
    await grantdesk.screenshot('webhooks-deliveries')
  })

  it('open by keyboard to what the signature proves, the connection, headers and body', async () => {
    const { page } = grantdesk
    await row(/issue · created signature fits/)
      .last()
      .focus()
    await page.keyboard.press('Enter')
    await page.getByText('The signature fits the secret “acme”.').waitFor()
    await page.getByText('"Fix the rocket"').waitFor()
    await press('Copy body')
    expect(await clipboardOf(grantdesk)).toContain('"action":"created"')
    await expectAccessible(grantdesk, 'a delivery')
    await grantdesk.screenshot('webhooks-delivery')
    await page.getByText('Headers (', { exact: false }).click()
    await page.getByRole('rowheader', { name: 'X-Plane-Signature' }).waitFor()
    await expectAccessible(grantdesk, 'its headers')
  })

  it('send one on to a server of the person’s own, and to nobody else', async () => {
    const { page } = grantdesk
    const address = page.getByLabel('Send it to your own server')
    await address.fill('https://example.com/')
    await press('Send')
    await page.getByText('Deliveries are sent to this machine only.').first().waitFor()
    await expectAccessible(grantdesk, 'an address elsewhere')
    await address.fill(own.url)
    await address.press('Enter')
    await page.getByText(/Answered 422 after/).waitFor()
    await page.getByText('the issue is unknown').waitFor()
    expect(got).toHaveLength(1)
    await grantdesk.screenshot('webhooks-sent-on')
    await page.getByRole('button', { name: /^Open / }).click()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Webhooks' }).click()
  })

  it('can be pasted', async () => {
    const { page } = grantdesk
    await press('Paste one')
    await page.getByLabel('Headers', { exact: true }).fill('nonsense')
    await press('Check')
    await page.getByText('A line is no header.').first().waitFor()
    const signature = createHmac('sha256', secret).update('{"event":"cycle"}').digest('hex')
    await page.getByLabel('Headers', { exact: true }).fill(`X-Plane-Signature: ${signature}`)
    await page.getByLabel('Body', { exact: true }).fill('{"event":"cycle"}\n')
    await expectAccessible(grantdesk, 'the form of a pasted delivery')
    await grantdesk.screenshot('webhooks-paste')
    await press('Check')
    await row(/cycle signature fits pasted/).waitFor()
    await page.getByText('The line end after the pasted body was left out').waitFor()
  })

  it('are removed, one or all, and the listener is stopped', async () => {
    const { page } = grantdesk
    await page.locator('[id^="delivery-"]').getByRole('button', { name: 'Remove', exact: true }).click()
    await row(/cycle/).waitFor({ state: 'detached' })
    await press('Clear')
    await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click()
    await page.getByText('Waiting for the first delivery').waitFor()
    await press('Stop')
    await page.getByText('Nothing has been delivered yet').waitFor()
    await expect(deliver()).rejects.toThrow()
  })
})
