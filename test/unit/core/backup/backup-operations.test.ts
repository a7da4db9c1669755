// A backup hands out every token: asked for at the application's own door, by whom, with which passphrase, told where.
import { afterEach, expect, test } from 'vitest'
import type { FileSaver } from '../../../../core/ports.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryPorts } from '../../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../../support/test-app.ts'
import { sampleChanges } from '../vault/sample-records.ts'

const passphrase = 'the passphrase of the backup'
const ofVault = 'the passphrase of the vault'

let grantdesk: TestApp
afterEach(() => grantdesk.close())

async function open(saver: FileSaver | null = null, damage?: string) {
  const ports = memoryPorts({ saver })
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  await vault.close()
  if (damage) {
    const document = JSON.parse(ports.disk.text ?? '')
    document.records[damage] = document.records[damage].slice(0, -4)
    ports.disk.text = JSON.stringify(document)
  }
  grantdesk = await openTestApp(ports)
}

async function told(operation: 'backup' | 'restore') {
  const { entries } = await grantdesk.call('history.list', { operation })
  return entries.map(({ caller, outcome, detail, connectionName }) => [caller, outcome, detail, connectionName])
}

const sealed = 'Everything was sealed into a backup: the tokens of 1 connection'

test('the present passphrase is asked for where there is one, and wrong ones make the next wait', async () => {
  await open()
  await grantdesk.call('vault.setPassphrase', { passphrase: ofVault })
  for (const present of [undefined, 'not this one']) {
    const refused = grantdesk.call('backup.make', { passphrase, present }, 'command')
    await expect(refused).rejects.toMatchObject({ failure: { kind: 'wrong_passphrase', waits: expect.any(Number) } })
  }
  const { text, savedAs } = await grantdesk.call('backup.make', { passphrase, present: ofVault }, 'command')
  expect([text?.split('.').length, savedAs]).toEqual([5, null])
  expect(await told('backup')).toEqual([
    ['command', 'done', sealed, null],
    ['command', 'failed', 'That is not the present passphrase of this vault.', null],
    ['command', 'failed', 'That is not the present passphrase of this vault.', null],
  ])
})

test('what is damaged is named, because it is not in the backup', async () => {
  await open(null, 'tokens:n1')
  const { leftOut } = await grantdesk.call('backup.make', { passphrase }, 'tab')
  expect(leftOut).toEqual([{ what: 'tokens of the connection', name: 'Plane' }])
  expect(await told('backup')).toEqual([
    ['tab', 'done', 'Everything was sealed into a backup: the tokens of 0 connections; 1 damaged left out', null],
  ])
})

test('the window’s backup is saved by the host where the person says, and its text stays there', async () => {
  const saved = new Map<string, string>()
  const prepare = (name: string, text: string) => ({ finish: () => void saved.set(name, text), drop: () => undefined })
  const prepareFrom = async () => prepare('', '')
  await open({
    choose: async (name) => ({ path: `/home/${name}`, prepare: (text) => prepare(name, text), prepareFrom }),
  })
  const { text, fileName, savedAs } = await grantdesk.call('backup.make', { passphrase })
  expect([text, savedAs]).toEqual([null, `/home/${fileName}`])
  expect(saved.get(fileName)?.split('.')).toHaveLength(5)
  expect((await grantdesk.call('backup.make', { passphrase }, 'tab')).text).toContain('.')
  const history = await grantdesk.call('history.export', { format: 'csv' })
  expect([history.text, saved.get(history.fileName)?.split('\r\n')]).toEqual([null, expect.any(Array)])
})

test('nothing is saved where no place is chosen or it cannot be written, and both are told', async () => {
  const full = () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  const places = [null, { path: '/full/backup.jwe', prepare: full, prepareFrom: full }]
  await open({ choose: async () => places.shift() ?? null })
  await expect(grantdesk.call('backup.make', { passphrase })).rejects.toThrow(/cancelled/)
  await expect(grantdesk.call('backup.make', { passphrase })).rejects.toThrow(
    '/full/backup.jwe could not be written (ENOSPC)',
  )
  expect((await told('backup')).map(([, outcome, detail]) => [outcome, detail])).toEqual([
    ['failed', '/full/backup.jwe could not be written (ENOSPC).'],
    ['failed', 'No place was chosen, so nothing was saved.'],
  ])
})

test('restoring is told of the vault and of each connection that came', async () => {
  await open()
  const { text } = await grantdesk.call('backup.make', { passphrase }, 'tab')
  await grantdesk.call('connections.remove', { id: 'n1' })
  await grantdesk.call('backup.restore', { text: text ?? '', passphrase }, 'tab')
  await grantdesk.call('backup.restore', { text: text ?? '', passphrase }, 'tab')
  const { connections } = await grantdesk.call('app.snapshot', {})
  expect(connections.map(({ name }) => name)).toEqual(['Plane'])
  expect(await told('restore')).toEqual([
    ['tab', 'done', 'Restored from a backup of 2026-11-22', 'Plane'],
    ['tab', 'done', 'From a backup of 2026-11-22: Plane', null],
  ])
})
