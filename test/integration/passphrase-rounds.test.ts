// The command line as people get it derives its keys slowly; every other test here starts one that does not.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { expect, it } from 'vitest'

const commandLine = resolve(import.meta.dirname, '../../dist/headless/grantdesk.js')

it('a vault and a backup are sealed with 600,000 rounds, whatever the environment says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-rounds-'))
  const rounds = { passphraseRounds: '1', PASSPHRASE_ROUNDS: '1', GRANTDESK_PASSPHRASE_ROUNDS: '1' }
  const env = { PATH: process.env.PATH, HOME: folder, GRANTDESK_HOME: folder, ...rounds }
  const backup = join(folder, 'backup.jwe')
  const passphrase = 'correct horse battery staple'
  const run = (...command: string[]) => {
    const input = `${passphrase}\n${passphrase}\n`
    const parameters = [commandLine, ...command, '--passphrase-stdin', '--password-stdin']
    const { status, stderr } = spawnSync(process.execPath, parameters, { env, input, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
  }
  // What writes first makes the vault.
  run('vault', 'passphrase')
  run('backup', backup)
  const { slots } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'))
  expect(decodeProtectedHeader(slots[0].jwe).p2c).toBe(600_000)
  expect(decodeProtectedHeader(readFileSync(backup, 'utf8')).p2c).toBe(600_000)
  rmSync(folder, { recursive: true })
})
