// The person goes away: the machine sleeps, its screen is locked. What Electron tells of it is played in its main process.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'

describeDesktop('a person who goes away', (executable) => {
  let machine: Machine
  let grantdesk: Grantdesk

  beforeAll(async () => {
    machine = await startMachine('open')
    grantdesk = await launchGrantdesk(executable, machine)
    await badge().waitFor()
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
  })

  const badge = () => grantdesk.page.getByRole('button', { name: 'Vault open, protected by GNOME Keyring (libsecret)' })
  const unlock = () => grantdesk.page.getByRole('button', { name: 'Unlock with GNOME Keyring (libsecret)' })
  const happens = (event: 'suspend' | 'resume' | 'lock-screen') =>
    grantdesk.electron.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name as 'suspend'), event)

  it.each([
    ['suspend', 'The computer went to sleep.'],
    ['lock-screen', 'The screen was locked.'],
  ] as const)('finds the vault locked after %s, told why, and opens it with one press', async (event, why) => {
    await happens(event)
    await grantdesk.page.getByText(why).waitFor()
    expect(await snapshotOf(grantdesk.page)).toMatchObject({ vault: { reason: 'locked_by_itself' }, connections: [] })
    await expect(callDoor(grantdesk.page, 'flows.list')).rejects.toThrow('The vault is locked.')
    await happens('resume')
    await pause(500)
    expect((await snapshotOf(grantdesk.page)).vault.state).toBe('locked')
    await unlock().click()
    await badge().waitFor()
  })

  it('chooses in the settings what locks it, as far as this system tells', async () => {
    await grantdesk.page.getByRole('button', { name: 'Settings', exact: true }).click()
    expect(await grantdesk.page.getByRole('switch', { name: 'With the screen' }).count()).toBe(0)
    await grantdesk.page.getByRole('switch', { name: 'On sleep' }).click({ force: true })
    await expect.poll(async () => (await snapshotOf(grantdesk.page)).settings.lock.onSleep).toBe(false)
    await happens('suspend')
    await pause(300)
    expect((await snapshotOf(grantdesk.page)).vault.state).toBe('open')
  })

  it('is known to be there by what the system counts', async () => {
    expect(await grantdesk.electron.evaluate(({ powerMonitor }) => typeof powerMonitor.getSystemIdleTime())).toBe(
      'number',
    )
  })
})
