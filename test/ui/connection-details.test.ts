// What a connection's page says beyond its token, and where it leads: real Chromium, the served app, the practice services.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { allow, beginConnecting, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedDesk, type ServedDesk } from './served-desk.ts'

describe.skipIf(findChromium() === null)('the page of a connection', () => {
  let desk: ServedDesk

  beforeAll(async () => {
    desk = await openServedDesk()
    await makeVault(desk)
    await startPractice(desk)
  })
  afterAll(() => desk?.close())

  const press = (name: string) => desk.page.getByRole('button', { name, exact: true }).first().click()
  const tab = (name: string) => desk.page.getByRole('tab', { name }).click()

  it('leads to a choice of other scopes, begins with the present ones, and keeps the connection', async () => {
    const { page } = desk
    await beginConnecting(desk, 'Planio')
    await allow(desk, 'ada')
    const name = await page.getByRole('heading', { level: 1 }).textContent()
    await tab('Scopes')
    await page.getByRole('rowheader', { name: /^view_issues/ }).waitFor()
    expect(await page.getByRole('rowheader', { name: /^view_wiki_pages/ }).count()).toBe(0)
    await expectAccessible(desk, 'the scopes')
    await desk.screenshot('details-scopes')
    await press('Reconnect with other scopes')
    await page.getByRole('heading', { name: `Reconnect ${name}` }).waitFor()
    expect(await page.getByRole('checkbox', { name: /^view_issues/ }).isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: /^view_wiki_pages/ }).check()
    await press('Connect')
    await allow(desk, 'ada')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name)
    await tab('Scopes')
    await page.getByRole('rowheader', { name: /^view_wiki_pages/ }).waitFor()
    expect(await page.locator('[data-row]').count()).toBe(1)
  })
})
