// Every way in on the screen, as a person finds it: real Chromium, the served app, the practice services.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, makeVault, startPractice } from './person.ts'
import { openServedDesk, type ServedDesk } from './served-desk.ts'

const key = 'plane_api_practice_ada_0123456789abcdef'
let desk: ServedDesk

beforeAll(async () => {
  desk = await openServedDesk()
  await makeVault(desk)
  await startPractice(desk)
})
afterAll(() => desk?.close())

/** From anywhere to the ways in of a practice service. */
async function waysIn(service: string, way: string) {
  const { page } = desk
  await page.getByRole('button', { name: 'Grantdesk overview' }).click()
  await page
    .getByRole('button', { name: `Connect ${service}`, exact: true })
    .first()
    .click()
  await page.getByRole('button', { name: 'Choose another way in' }).click()
  await page.getByRole('radio', { name: way }).check()
  await expectAccessible(desk, `the ways in of ${service}`)
  await desk.screenshot(`way-${service}-${way}`.replaceAll(' ', '-'))
}

it('an API key is entered, named by its account, and forgotten by the form', async () => {
  const { page } = desk
  await waysIn('Plane', 'API key')
  await page.getByText('all your power').waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('The token is missing.').waitFor()
  await page.getByRole('textbox', { name: 'API key' }).fill(key)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Show connection' }).click()
  await page.getByRole('heading', { name: /ada/ }).first().waitFor()
  await expectAccessible(desk, 'the connection of an API key')
  await desk.screenshot('connection-of-a-key')
  expect(desk.traffic.join()).not.toContain(key)
})

it('a bot token comes after the installation in the browser, and is the bot’s', async () => {
  const { page } = desk
  await waysIn('Plane', 'Bot token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  expect(await desk.consent('Allow', 'ada')).toContain('Grantdesk has the answer')
  await page.getByRole('button', { name: 'Show connection' }).click()
  await page.getByText('Bot token').first().waitFor()
})

it('client credentials ask whom they act as before anything is sent', async () => {
  const { page } = desk
  await waysIn('Birdview', 'Client credentials')
  await page.getByRole('button', { name: 'Continue' }).click()
  const connect = page.getByRole('button', { name: 'Connect', exact: true })
  await connect.and(page.locator('[disabled], [data-disabled]')).waitFor()
  await page.getByLabel('User id').fill('7')
  await page.getByText('Acts as user 7.').waitFor()
  await expectAccessible(desk, 'whom client credentials act as')
  await desk.screenshot('acts-as')
})

it('a password is asked for with a warning', async () => {
  const { page } = desk
  await waysIn('Birdview', 'Password')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('You hand your password of Birdview to Grantdesk.').waitFor()
  await expectAccessible(desk, 'the password')
  await desk.screenshot('password')
})
