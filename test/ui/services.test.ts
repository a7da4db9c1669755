// The services page as a person uses it: groups, handing a description on, taking one back, checking a client's connections.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

let grantdesk: ServedApp

beforeAll(async () => {
  grantdesk = await openServedApp()
  await makeVault(grantdesk)
  await connect(grantdesk, 'plane', 'ada')
})
afterAll(() => grantdesk?.close())

it('a connection shows its scopes over time', async () => {
  const { page } = grantdesk
  await page.getByRole('tab', { name: 'Scopes' }).click()
  await page.getByRole('heading', { name: 'Over time' }).waitFor()
  await expectAccessible(grantdesk, 'scopes over time')
  await grantdesk.screenshot('scopes-over-time')
})

it('a description is exported, replaces a built-in one by the person’s word, and is taken back', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Services', exact: true }).click()
  await page.getByRole('heading', { name: 'Built in' }).waitFor()
  await page
    .getByRole('button', { name: /^Plane/ })
    .first()
    .click()
  const widths = await page
    .getByRole('button', { name: /^(Connect|Edit|Export to file:) Plane$/ })
    .evaluateAll((all) => all.map((button) => button.getBoundingClientRect().width))
  expect(widths).toHaveLength(3)
  for (const width of widths) expect(width).toBeLessThan(160)
  await expectAccessible(grantdesk, 'the services')
  await grantdesk.screenshot('services')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export to file: Plane', exact: true }).click()
  const file = readFileSync(await (await coming).path())
  expect(JSON.parse(file.toString())).toMatchObject({ schema: 2, id: 'plane' })
  const changed = Buffer.from(JSON.stringify({ ...JSON.parse(file.toString()), description: 'As our team says it.' }))
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'plane.json', mimeType: 'application/json', buffer: changed })
  await page.getByText('its place').waitFor()
  await page.getByRole('button', { name: 'Replace', exact: true }).click()
  await page.getByText('adjusted').first().waitFor()
  await page.getByRole('button', { name: 'Reset Plane' }).click()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await expect.poll(() => page.getByText('adjusted').count()).toBe(0)
})

it('a client’s connections are checked, one by one', async () => {
  const { page } = grantdesk
  await page
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Check connections' }).click()
  await page.getByRole('button', { name: 'Check connections', exact: true }).click()
  await page.getByText(': works').waitFor()
  await expectAccessible(grantdesk, 'the check of a client')
  await grantdesk.screenshot('client-check')
})
