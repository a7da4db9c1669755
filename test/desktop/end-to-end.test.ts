// The whole way through on the desktop: connect, copy, request, refresh, revoke, restart; and no token where none belongs.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../support/child.ts'
import { findChromium } from '../support/chromium.ts'
import { openedAddresses } from '../support/system-browser.ts'
import { describeDesktop } from './desktop-suite.ts'
import { snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'
import { connectPlane, revealToken, startPractice, startVisitor, type Visitor } from './person.ts'
import { filesHolding } from './secret-scan.ts'

describeDesktop('the whole way through in the window', (executable) => {
  const chromium = findChromium()
  let machine: Machine
  let grantdesk: Grantdesk
  let visitor: Visitor
  const tokens: string[] = []

  const onClipboard = () => grantdesk.electron.evaluate(({ clipboard }) => clipboard.readText())

  beforeAll(async () => {
    if (chromium === null) return
    machine = await startMachine('open')
    visitor = await startVisitor(chromium, machine.opened)
    grantdesk = await launchGrantdesk(executable, machine)
  })
  afterAll(async () => {
    await visitor?.close()
    await grantdesk?.quit()
    await machine?.close()
  })

  it.skipIf(chromium === null)(
    'connects, copies, requests, refreshes, revokes, and has it all after a restart',
    async () => {
      const { page } = grantdesk
      const badge = page.getByRole('button', { name: 'Vault open, protected by GNOME Keyring (libsecret)' })
      await badge.waitFor()

      await startPractice(page)
      await connectPlane(page, visitor)
      const [address] = openedAddresses(machine.opened)
      expect(new URL(address ?? '').searchParams.get('code_challenge_method')).toBe('S256')
      const first = await revealToken(page)
      tokens.push(first)
      expect(first).toMatch(/^pln_/)

      await page.getByRole('button', { name: 'Copy token' }).click()
      await until(async () => (await onClipboard()) === first, 'the token is on the clipboard')
      const copiedAt = performance.now()

      await page.getByRole('tab', { name: 'Requests' }).click()
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText(/^200/).waitFor()

      await page.getByRole('button', { name: 'Refresh', exact: true }).click()
      await page.getByText('Refreshed: a new access token is in its place.').waitFor()
      const second = await revealToken(page)
      tokens.push(second)
      expect(second).not.toBe(first)

      await page.getByRole('button', { name: 'Revoke', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
      await page.getByText('Revoked, and verified').waitFor()

      await connectPlane(page, visitor)
      const kept = await revealToken(page)
      tokens.push(kept)

      expect(await onClipboard()).toBe(first)
      await until(async () => (await onClipboard()) === '', 'the token leaves the clipboard by itself', 70_000)
      expect(performance.now() - copiedAt).toBeGreaterThan(55_000)

      expect(await page.content()).not.toContain(kept)
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('pln_')
      expect(grantdesk.output()).not.toContain('pln_')
      await grantdesk.quit()
      expect(filesHolding(tokens, machine.vault)).toEqual([])

      grantdesk = await launchGrantdesk(executable, machine)
      const again = grantdesk.page
      await again.getByText('revoked', { exact: false }).first().waitFor()
      const { connections } = await snapshotOf(again)
      expect(connections.map(({ status }) => status.kind).sort()).toEqual(['good', 'revoked'])
      await again.getByRole('button', { name: 'Vault open, protected by GNOME Keyring (libsecret)' }).waitFor()
    },
  )
})
