// What a person does on the screen, in words: each function is one thing that somebody would do.
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { until } from '../support/child.ts'
import { passphrase, type ServedApp } from './served-app.ts'

/** A vault under the passphrase, made as another caller would. */
export async function makeVault({ page, ask }: ServedApp): Promise<void> {
  await ask('vault.create', { passphrase })
  await page.getByRole('button', { name: 'Connect a service' }).first().waitFor()
}

/** On the first screen. */
export async function makeVaultByHand({ page }: ServedApp): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('Passphrase again').fill(passphrase)
  await page.getByRole('button', { name: 'Create vault' }).click()
  await page.getByRole('button', { name: 'Connect a service' }).first().waitFor()
}

export async function startPractice({ page }: ServedApp): Promise<void> {
  await page.getByRole('button', { name: 'Try with practice services' }).click()
  await page.getByRole('button', { name: 'Connect Plane' }).first().waitFor()
}

/** From anywhere to the scopes of a practice service. */
export async function chooseScopes({ page }: ServedApp, service: string): Promise<void> {
  await page.getByRole('button', { name: 'Grantdesk overview' }).click()
  await page
    .getByRole('button', { name: `Connect ${service}`, exact: true })
    .first()
    .click()
  await page.getByRole('heading', { name: `Connect ${service}` }).waitFor()
}

/** From anywhere to the moment when the browser is open. */
export async function beginConnecting(grantdesk: ServedApp, service: string): Promise<void> {
  await chooseScopes(grantdesk, service)
  await grantdesk.page.getByRole('button', { name: 'Connect', exact: true }).click()
}

/** A connection to a practice service, made as another caller would; ends at its page. */
export async function connect(grantdesk: ServedApp, serviceId: string, account: string): Promise<void> {
  const { page, ask } = grantdesk
  const practice = await ask('practice.start', {})
  const service = practice.state === 'running' && practice.services.find((one) => one.serviceId === serviceId)
  if (!service) throw new Error(`practice has no ${serviceId}`)
  const { services, connections } = await ask('app.snapshot', {})
  const description = services.find(({ id }) => id === serviceId)
  const grantId = description?.grants[0]?.id ?? ''
  const scopes = description?.scopes.default ?? []
  await ask('connect.start', { client: { id: service.clientId }, grantId, scopes })
  await grantdesk.consent('Allow', account)
  const known = new Set(connections.map(({ id }) => id))
  const found = async () => (await ask('app.snapshot', {})).connections.find(({ id }) => !known.has(id))
  await until(async () => (await found()) !== undefined, `${serviceId} is connected`)
  await page.locator(`[data-row="${(await found())?.id}"]`).click()
  await page.getByRole('tab', { name: 'Token' }).waitFor()
}

/** From anywhere to another grant of a practice service. */
export async function chooseGrant({ page }: ServedApp, service: string, grant: string): Promise<void> {
  for (const name of ['Grantdesk overview', `Connect ${service}`, 'Choose another way in'])
    await page.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('radio', { name: new RegExp(`^${grant}`) }).check()
}

/** Allows at the consent page, and goes to the connection. */
export async function allow(grantdesk: ServedApp, account: string, by = grantdesk.consent): Promise<void> {
  const words = await by('Allow', account)
  expect(words).toContain('Grantdesk has the answer')
  await grantdesk.page.getByRole('button', { name: 'Show connection' }).click()
  await grantdesk.page.getByRole('tab', { name: 'Token' }).waitFor()
}

/**
 * axe finds no violation on the screen as it is now. It describes violations alone, and in the page itself: no page here has
 * a frame of another origin, and describing all that passes in a page of its own takes ten times as long.
 */
export async function expectAccessible({ page }: ServedApp, where: string): Promise<void> {
  const isThere = await page.evaluate(() => 'axe' in window)
  // It is compiled once for each page; a source that is empty would be taken for its own.
  const axe = new AxeBuilder({ page, axeSource: isThere ? ';' : undefined })
  const { violations } = await axe
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect(found, `axe at ${where}`).toEqual([])
}

/** Copies `text` elsewhere and pastes it into the field in place of what is there. */
export async function pasteInto({ page }: ServedApp, field: Locator, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await field.selectText()
  await page.keyboard.press('ControlOrMeta+V')
}

export function clipboardOf({ page }: ServedApp): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}
