// Takes the documents' pictures anew, from the app as it is: `npm run pictures` after `npm run build`.
import { fileURLToPath } from 'node:url'
import { sharedChromium } from '../support/chromium.ts'
import { allow, beginConnecting, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

const folder = new URL('../../docs/pictures/', import.meta.url)

async function take({ page }: ServedApp, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.waitForTimeout(400)
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) })
}

/** Practice Plane sends some deliveries, right and wrong, to a listener with its secret. */
async function deliver({ ask }: ServedApp): Promise<void> {
  const serviceId = 'plane'
  const practice = await ask('practice.start', {})
  const running = practice.state === 'running' ? practice.services : []
  const url = running.find((one) => one.serviceId === serviceId)?.webhooksUrl ?? ''
  const shown = await (await fetch(url)).text()
  const [, secret = ''] = /id="webhook_secret">([^<]+)</.exec(shown) ?? []
  const [, workspace = ''] = /name="workspace"><option value="([^"]+)"/.exec(shown) ?? []
  await ask('webhooks.addSecret', { serviceId, name: 'Practice One', secret })
  const { listener } = await ask('webhooks.start', { serviceId })
  for (const [event, way] of [
    ['0', 'signed'],
    ['1', 'signed'],
    ['1', 'again'],
    ['2', 'changed'],
  ] as const) {
    const body = new URLSearchParams({ url: listener?.url ?? '', workspace, event, way })
    await fetch(url, { method: 'POST', body, headers: { origin: new URL(url).origin } })
  }
}

/** A service that keeps the browser's answer and has its token endpoint elsewhere. */
async function takeFailure(): Promise<void> {
  const lesson = 'The token endpoint is somewhere else'
  await page.getByRole('button', { name: 'Grantdesk overview' }).click()
  await page.getByRole('button', { name: /^Break it yourself/ }).click()
  await page.getByRole('button', { name: `Break it: ${lesson}` }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await grantdesk.consent('Allow', 'ada')
  await page.getByRole('button', { name: 'Try again' }).first().waitFor()
  await page.getByRole('button', { name: 'Flows', exact: true }).click()
  await page.getByRole('row', { name: /Connect Planio.*failed/ }).click()
  await page.getByRole('region', { name: 'Diagnosis' }).waitFor()
  await take(grantdesk, 'failure')
}

const grantdesk = await openServedApp({ width: 1440, height: 860 })
const { page } = grantdesk
try {
  await makeVault(grantdesk)
  await take(grantdesk, 'first-screen')
  await startPractice(grantdesk)

  await page.getByRole('button', { name: 'Connect Plane', exact: true }).first().click()
  await page
    .getByLabel('Steps of connecting')
    .getByRole('button', { name: /client/i })
    .click()
  await take(grantdesk, 'client')
  await page.getByRole('button', { name: 'Close' }).click()
  await beginConnecting(grantdesk, 'Plane')
  await page.getByText('Authorization request').first().waitFor()
  await take(grantdesk, 'waiting')
  await allow(grantdesk, 'ada')
  await take(grantdesk, 'connected')

  for (const [service, account] of [
    ['Plane', 'alice'],
    ['Planio', 'ada'],
    ['Plannr', 'ada'],
    ['Birdview', 'alice'],
  ] as const) {
    await beginConnecting(grantdesk, service)
    await allow(grantdesk, account)
  }
  await page.getByRole('button', { name: 'Revoke', exact: true }).first().waitFor()
  await page.getByRole('button', { name: /^Ada.*Planio.*active$/i }).click()
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await page
    .getByText(/new access token/i)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Requests' }).click()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Show flow' }).first().click()
  await page
    .getByRole('status')
    .getByRole('button', { name: /close|dismiss/i })
    .first()
    .click()
    .catch(() => undefined)
  await page.waitForTimeout(7000)
  await take(grantdesk, 'grantdesk')

  await deliver(grantdesk)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Webhooks' }).click()
  await page
    .getByRole('button', { name: /signature fits/ })
    .last()
    .click()
  await page.getByRole('region', { name: 'Deliveries' }).scrollIntoViewIfNeeded()
  await take(grantdesk, 'webhooks')

  await takeFailure()
} finally {
  await grantdesk.close()
  await (await sharedChromium()).close()
}
