// The history in the window: everything that was done, found by words and filters, linked, and handed on as a file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, expectAccessible, makeVault } from './person.ts'
import { openServedApp, passphrase, type ServedApp } from './served-app.ts'

let grantdesk: ServedApp

beforeAll(async () => {
  grantdesk = await openServedApp()
  await makeVault(grantdesk)
})
afterAll(() => grantdesk?.close())

const rows = () => grantdesk.page.getByRole('table', { name: 'History' }).getByRole('row')
const open = () => grantdesk.page.getByRole('navigation').getByRole('button', { name: 'History' }).click()

it('says what it will hold while nothing has happened', async () => {
  await open()
  await grantdesk.page.getByText('Nothing has happened yet').waitFor()
  await expectAccessible(grantdesk, 'an empty history')
})

it('lists each operation as it happens, with a way to its connection and its flow', async () => {
  const { page } = grantdesk
  await connect(grantdesk, 'plane', 'ada')
  await page.getByRole('button', { name: 'Copy token' }).click()
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await page.getByText('Refreshed:').waitFor()
  await open()
  await page.getByRole('cell', { name: 'New access token', exact: true }).waitFor()
  const texts = await rows().allTextContents()
  expect(texts.slice(1).map((text) => /Refresh|Copy|Connect/.exec(text)?.[0])).toEqual(['Refresh', 'Copy', 'Connect'])
  await expectAccessible(grantdesk, 'the history')
  await grantdesk.screenshot('history')
  await page.getByRole('button', { name: /^Show flow: Refresh/ }).click()
  await page.getByRole('region', { name: 'Flow', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Close flow' }).click()
})

it('is found by words, operation and outcome, and says when nothing is', async () => {
  const { page } = grantdesk
  await page.getByLabel('Search the history').fill('browser TAB copied')
  await expect.poll(() => rows().count()).toBe(2)
  await page.getByLabel('Search the history').fill('')
  await page.getByLabel('Operation', { exact: true }).selectOption('Connect')
  await expect.poll(() => rows().count()).toBe(2)
  await page.getByLabel('Outcome', { exact: true }).selectOption('Failed')
  await page.getByText('No entry matches').waitFor()
  await grantdesk.screenshot('history-nothing')
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect.poll(() => rows().count()).toBe(4)
})

it('is narrowed to days, offers no export of nothing, and says where and what even in a narrow window', async () => {
  const { page } = grantdesk
  await page.getByLabel('From day').fill('2999-01-01')
  await page.getByText('No entry matches').waitFor()
  expect(await page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true)
  await page.getByLabel('From day').fill('2020-01-01')
  await page.getByLabel('To day').fill('2020-01-02')
  await page.getByText('No entry matches').waitFor()
  await page.getByLabel('To day').fill('2999-01-01')
  await expect.poll(() => rows().count()).toBe(4)
  await expectAccessible(grantdesk, 'a history of some days')
  for (const width of [1280, 720, 420]) {
    await page.setViewportSize({ width, height: 800 })
    const where = page.getByRole('table', { name: 'History' }).getByText('browser tab').filter({ visible: true })
    await expect.poll(() => where.count()).toBe(3)
    const detail = page.getByRole('table', { name: 'History' }).getByText('New access token').filter({ visible: true })
    await expect.poll(() => detail.count()).toBe(1)
    const cut = await page
      .getByRole('table', { name: 'History' })
      .evaluate((table) =>
        [...table.querySelectorAll('td')]
          .filter((cell) => cell.scrollWidth > cell.clientWidth)
          .map((cell) => cell.textContent),
      )
    expect(cut, `cut at ${width} px`).toEqual([])
    if (process.env.GRANTDESK_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.GRANTDESK_SCREENSHOTS, `history-${width}.png`) })
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByLabel('From day').fill('')
  await page.getByLabel('To day').fill('')
})

it('is handed on as a table, as far as it is shown', async () => {
  const { page } = grantdesk
  await page.getByLabel('Operation', { exact: true }).selectOption('Copy')
  await expect.poll(() => rows().count()).toBe(2)
  await page.getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'As CSV, for tables' }).click()
  const file = join(grantdesk.home, 'history.csv')
  await (await downloading).saveAs(file)
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(3)
  expect(readFileSync(file, 'utf8')).toContain(',Copy,done,browser tab,Access token copied,')
})

it('of one connection stands in its own tab, and is searched there', async () => {
  const { page } = grantdesk
  await page.getByRole('table', { name: 'History' }).getByRole('button', { name: /^ada/ }).first().click()
  await page.getByRole('tab', { name: 'History' }).click()
  const list = page.getByRole('list', { name: 'History' }).getByRole('listitem')
  await expect.poll(() => list.count()).toBe(3)
  await page.getByLabel('Search the history').fill('copied')
  await expect.poll(() => list.count()).toBe(1)
  await expectAccessible(grantdesk, 'a connection’s history')
  await grantdesk.screenshot('history-tab')
  await page.getByLabel('Search the history').fill('nobody')
  await page.getByText('No entry matches').waitFor()
})

it('stays when the connection is removed, which is put back from the inventory, over a lock', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('The inventory keeps it until Grantdesk closes.').waitFor()
  await open()
  await page.getByRole('cell', { name: /^Removed ada/ }).waitFor()
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Lock vault' }).click()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByRole('button', { name: 'Inventory' }).click()
  await page.getByRole('button', { name: 'Removed (1)' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^Plane · ada, removed/)
    .waitFor()
  await expectAccessible(grantdesk, 'the removed connections')
  await grantdesk.screenshot('removed')
  await page.getByRole('button', { name: /^Put back ada/ }).click()
  await page.getByRole('tab', { name: 'History' }).click()
  await page
    .getByRole('list', { name: 'History' })
    .getByText(/^Put back as ada/)
    .waitFor()
})

it('tells that a connection was revoked and then removed, where both were asked for at once', async () => {
  const { page } = grantdesk
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Revoke and remove' }).waitFor()
  await expectAccessible(grantdesk, 'the question before removing')
  await grantdesk.screenshot('remove-question')
  await dialog.getByRole('button', { name: 'Revoke and remove' }).click()
  await page.getByText('The inventory keeps it until Grantdesk closes.').waitFor()
  await open()
  await page
    .getByRole('cell', { name: /^Removed ada/ })
    .first()
    .waitFor()
  expect((await rows().allTextContents()).slice(1, 3)).toEqual([
    expect.stringContaining('Remove'),
    expect.stringContaining('Revoke'),
  ])
})
