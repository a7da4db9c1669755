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

  it('names the headers that go along, and the one that waits for the workspace', async () => {
    const { page } = desk
    await beginConnecting(desk, 'Plannr')
    await allow(desk, 'ada')
    await tab('Requests')
    const carried = page.getByRole('region', { name: 'Sent with every request' })
    await carried.getByText('X-PLANNR-ACCOUNT-UUID').waitFor()
    await carried.getByText('left out until the workspace is chosen').waitFor()
    expect(await carried.textContent()).toContain('Bearer ••••••••')
    await expectAccessible(desk, 'the headers that go along')
    await desk.screenshot('details-carried')
    await page.getByLabel('Workspace', { exact: true }).selectOption('Practice Household')
    await carried.getByText('5b0d6f1e-bbbb-4e0c-9d11-000000000002').waitFor()
    await press('Add header')
    await page.getByLabel('Header 1', { exact: true }).fill('accept')
    await carried.getByText('replaced by the one above').waitFor()
  })

  it('shows the test path where the service cannot say who it is, changes it in place and asks it', async () => {
    const { page } = desk
    await press('Grantdesk overview')
    await press('Connect Agile Planner')
    await page.getByLabel('Name of the connection').fill('Planner of Ada')
    await press('Connect')
    await allow(desk, 'ada')
    await tab('Requests')
    const place = page.getByRole('region', { name: 'Test path' })
    await press('Set a test path')
    await place.getByRole('textbox', { name: 'Test path' }).fill('https://elsewhere.example/me')
    await press('Save')
    await place.getByRole('alert').waitFor()
    await expectAccessible(desk, 'a test path of another origin')
    await place.getByRole('textbox', { name: 'Test path' }).fill('/api/me')
    await press('Save')
    await place.getByText('/api/me', { exact: true }).waitFor()
    await press('Ask it now')
    await page.getByText('The API answered 200.').waitFor()
    await desk.screenshot('details-test-path')
    await tab('History')
    await page.getByText('Test path set').waitFor()
  })
})
