// What few need of a way in, on the screen: which requests carry a parameter, another client authentication for one
// grant, and an error that comes back unproven. Real Chromium, the served app, the practice services.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { openedAddresses } from '../support/system-browser.ts'
import { chooseGrant, expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

describe.skipIf(findChromium() === null)('the details of a way in', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await startPractice(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  const opened = async () => new URL(openedAddresses(join(grantdesk.home, 'bin', 'opened')).at(-1) ?? '')

  it('a grant with a method of its own can be given another one, and the client keeps its own', async () => {
    const { page } = grantdesk
    await chooseGrant(grantdesk, 'Plane', 'Bot token')
    await press('Change this client')
    await page.getByLabel('Client authentication').selectOption('basic')
    await page.getByText('Another one is kept for it alone.').waitFor()
    await expectAccessible(grantdesk, 'another method for one grant')
    await grantdesk.screenshot('details-method-of-a-grant')
    await press('Continue')
    await press('Connect')
    await page.getByText('Waiting for the installation in the browser').waitFor()
    expect(await grantdesk.consent('Allow', 'ada')).toContain('Grantdesk has the answer')
    await press('Show connection')
    await press('Grantdesk overview')
    await press('Services')
    await page.getByRole('button', { name: /^Plane/, expanded: false }).click()
    await press('Actions for Practice Plane')
    await page.getByRole('menuitem', { name: 'Edit client' }).click()
    const dialog = page.getByRole('dialog')
    const ofTheBot = dialog.getByRole('combobox', { name: 'Client authentication for: Bot token' })
    expect(await ofTheBot.inputValue()).toBe('HTTP Basic (client_secret_basic)')
    expect(await dialog.getByRole('combobox', { name: 'Client authentication', exact: true }).inputValue()).toContain(
      'In the request body',
    )
    await expectAccessible(grantdesk, 'the methods of a client')
    await grantdesk.screenshot('details-methods-of-a-client')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  it('an extra parameter goes with the requests that the person says', async () => {
    const { page } = grantdesk
    await chooseGrant(grantdesk, 'Plane', 'User token')
    await press('Continue')
    await page.locator('summary', { hasText: 'More' }).click()
    for (const [at, name, place] of [
      [1, 'login_hint', 'beginning'],
      [2, 'tenant', 'token'],
      [3, 'trace', 'every'],
    ] as const) {
      await press('Add parameter')
      await page.getByLabel(`Parameter ${at}`, { exact: true }).fill(name)
      await page.getByLabel(`Parameter ${at} value`).fill('x')
      await page.getByLabel(`Parameter ${at} goes with`).selectOption(place)
    }
    await expectAccessible(grantdesk, 'extra parameters and their requests')
    await page.getByLabel('Parameter 3 goes with').scrollIntoViewIfNeeded()
    await grantdesk.screenshot('details-parameters')
    const known = openedAddresses(grantdesk.opened).length
    await press('Connect')
    await page.getByText('Waiting for your answer in the browser').waitFor()
    await expect.poll(() => openedAddresses(grantdesk.opened).length).toBeGreaterThan(known)
    const sent = (await opened()).searchParams
    expect(['login_hint', 'tenant', 'trace'].map((name) => sent.get(name))).toEqual(['x', null, 'x'])
  })

  it('an error without state is shown while the attempt waits, and the person cancels', async () => {
    const { page } = grantdesk
    const back = new URL((await opened()).searchParams.get('redirect_uri') ?? '')
    back.search = 'error=invalid_scope&error_description=Not+on+a+Monday'
    expect(await (await fetch(back)).text()).toContain('Not on a Monday')
    await page.getByText('Not on a Monday (invalid_scope)').first().waitFor()
    await page.getByText('Waiting for your answer in the browser').waitFor()
    await expectAccessible(grantdesk, 'an error that nothing proves')
    await grantdesk.screenshot('details-unproven-error')
    await press('Cancel this attempt')
    await page.getByText('Cancelled', { exact: true }).waitFor()
  })
})
