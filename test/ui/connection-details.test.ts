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

  /** From anywhere to the scope step of another way into a practice service. */
  async function wayIn(service: string, way: string) {
    await press('Grantdesk overview')
    await press(`Connect ${service}`)
    await press('Choose another way in')
    await desk.page.getByRole('radio', { name: new RegExp(`^${way}`) }).check()
    await press('Continue')
  }

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

  it('says whom the tokens act as wherever the connection stands', async () => {
    const { page } = desk
    await wayIn('Birdview', 'Client credentials')
    await page.getByLabel('User id').fill('7')
    await press('Connect')
    await press('Show connection')
    await page.getByRole('tabpanel', { name: 'Token' }).getByText('user 7', { exact: true }).waitFor()
    await page.locator('article header').getByText('user 7', { exact: true }).waitFor()
    await page.getByRole('button', { name: /acts\s+as user 7/ }).waitFor()
    await expectAccessible(desk, 'a connection that acts as somebody')
    await desk.screenshot('details-acts-as')
    await wayIn('Plane', 'Bot token')
    await press('Connect')
    expect(await desk.consent('Allow', 'ada')).toContain('Grantdesk has the answer')
    await press('Show connection')
    await page.locator('article header').getByText('the app’s bot', { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Token' }).waitFor()
    await desk.screenshot('details-acts-as-bot')
    await press('Inventory')
    await page.getByRole('cell', { name: /acts as user 7/ }).waitFor()
    await page.getByRole('cell', { name: /acts as the app’s bot/ }).waitFor()
    await expectAccessible(desk, 'the inventory with whom connections act as')
    await desk.screenshot('details-acts-as-inventory')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('user 7')
    await page.getByRole('option', { name: /acts as user 7/ }).waitFor()
    await desk.screenshot('details-acts-as-palette')
    await page.keyboard.press('Escape')
    await press('Grantdesk overview')
    await page.getByRole('button', { name: /Birdview · acts as user 7/ }).waitFor()
    await desk.screenshot('details-acts-as-overview')
  })
})
