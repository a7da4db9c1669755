import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createSecretInput } from '../../../headless/secret-input.ts'

const opened: { fd: number; folder: string }[] = []

function descriptor(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-secret-'))
  writeFileSync(join(folder, 'secrets'), text)
  const fd = openSync(join(folder, 'secrets'), 'r')
  opened.push({ fd, folder })
  return fd
}
afterEach(() => {
  for (const { fd, folder } of opened.splice(0)) {
    closeSync(fd)
    rmSync(folder, { recursive: true })
  }
})

it('reads the passphrase first and the client secret second where both come from one place', async () => {
  const fd = descriptor('pass phrase \r\np+q%41:r/s=\nmore\n')
  const secrets = createSecretInput({ passphraseFd: fd, clientSecretFd: fd })
  expect(await secrets.clientSecret('')).toBe('p+q%41:r/s=')
  expect(await secrets.passphrase('')).toBe('pass phrase ')
})

it('keeps a character whole that comes in two pieces', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-secret-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const fd = openSync(pipe, 'r+')
  opened.push({ fd, folder })
  const secret = createSecretInput({ passphraseFd: fd }).passphrase('')
  const bytes = Buffer.from('pass é phrase\n')
  writeSync(fd, bytes.subarray(0, 6))
  await new Promise((resolve) => setTimeout(resolve, 100))
  writeSync(fd, bytes.subarray(6))
  expect(await secret).toBe('pass é phrase')
})

it('reads them from two places, without a line’s end too', async () => {
  const secrets = createSecretInput({ passphraseFd: descriptor('one'), clientSecretFd: descriptor('two\n') })
  expect([await secrets.clientSecret(''), await secrets.newPassphrase()]).toEqual(['two', 'one'])
})

it('says which one did not come', async () => {
  const fd = descriptor('only the passphrase\n')
  const secrets = createSecretInput({ passphraseFd: fd, clientSecretFd: fd })
  await expect(secrets.clientSecret('')).rejects.toThrow(`No client secret came on file descriptor ${fd}.`)
  await expect(createSecretInput({ passphraseFd: 987 }).passphrase('')).rejects.toThrow('cannot be read')
})

it('does not read without end', async () => {
  const secrets = createSecretInput({ passphraseFd: descriptor('x'.repeat(600_000)) })
  await expect(secrets.passphrase('')).rejects.toThrow('too long')
})

it('takes two places for one secret as wrong usage', () => {
  expect(() => createSecretInput({ passphraseStdin: true, passphraseFd: 3 })).toThrow('Choose one')
  expect(() => createSecretInput({ clientSecretStdin: true, clientSecretFd: 3 })).toThrow('--client-secret-stdin')
})
