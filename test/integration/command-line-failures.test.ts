// What a command says when something in it breaks that nobody foresaw, with a real process into which the break is put: that
// it broke, where, and under which number; never the words of the exception, which may quote a secret.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openTestCommandLine } from './grantdesk-process.ts'

const secret = 'pln_a-token-that-an-exception-quotes'
const folder = mkdtempSync(join(tmpdir(), 'grantdesk-broken-'))
const grantdesk = openTestCommandLine()
afterAll(async () => {
  await grantdesk.close()
  rmSync(folder, { recursive: true })
})

/** Runs a command in a process where `code` has run before. */
function broken(code: string, ...parameters: string[]) {
  const file = join(folder, 'break.cjs')
  writeFileSync(file, `const secret = ${JSON.stringify(secret)}\n${code}\n`)
  return grantdesk.run(parameters, { env: { NODE_OPTIONS: `--require ${file}` } })
}

const quoting = "Object.assign(new TypeError('Received ' + secret), { code: 'ERR_INVALID_ARG_VALUE' })"

it.each([
  ['an exception that nobody caught', `setTimeout(() => { throw ${quoting} }, 500)`],
  ['a promise that nobody looked at', `setTimeout(() => Promise.reject(${quoting}), 500)`],
  ['something thrown that is no error', 'setTimeout(() => { throw secret }, 500)'],
])('%s ends it with a number and without its words', async (_, code) => {
  const { code: exitCode, stdout, stderr } = await broken(code, 'practice')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^grantdesk: internal failure incident=([0-9a-f]{8}) .*\ngrantdesk: .* \(incident \1\)\n/)
  expect(stdout + stderr).not.toContain('token-that')
})

it('an exception of Node’s own, which quotes what it refuses, is no word of the system', async () => {
  const code = `require('node:os').homedir = () => { throw ${quoting} }; require('node:module').syncBuiltinESMExports()`
  const { code: exitCode, stderr } = await broken(code, 'list')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/internal failure/)
  expect(stderr).not.toContain('token-that')
})

it('what the system says of a file is repeated', async () => {
  const code = `require('node:os').homedir = () => require('node:fs').readFileSync('/nowhere/at/all')
    require('node:module').syncBuiltinESMExports()`
  const { code: exitCode, stderr } = await broken(code, 'list')
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^grantdesk: ENOENT.*nowhere/) })
})
