// What a command loads: next to nothing where a host does the work, and the application only where it becomes a host itself.
// Answered by the runtime's own record of the files that it ran.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestCommandLine, passphrase, type Running } from './grantdesk-process.ts'
import { addressOf } from './served-tab.ts'

const most = 100_000
const grantdesk = openTestCommandLine()
const records = mkdtempSync(join(tmpdir(), 'grantdesk-loaded-'))
let serving: Running

beforeAll(async () => {
  const key = ['connect', 'plane', '--grant', 'api_key', '--base-url', 'http://127.0.0.1:1', '--name', 'key one']
  const input = `${passphrase}\nplane_api_key\n`
  await grantdesk.run([...key, '--token-stdin', '--passphrase-stdin'], { input })
  serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await addressOf(serving)
})
afterAll(async () => {
  await grantdesk.close()
  rmSync(records, { recursive: true })
})

/** Runs a command; answers what it printed and which of our files it loaded. */
async function run(...parameters: string[]) {
  const folder = mkdtempSync(join(records, 'run-'))
  const ended = await grantdesk.run(parameters, { env: { NODE_V8_COVERAGE: folder } })
  const files = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] }
    return result.flatMap(({ url }) => (url.startsWith('file:') ? [fileURLToPath(url)] : []))
  })
  expect(files.length).toBeGreaterThan(0)
  return { ...ended, files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) }
}

const holdsApplication = (file: string) => readFileSync(file, 'utf8').includes('function createApp(')

it('a token through a host, and the version, parse less than 100 kB', async () => {
  const token = await run('token', 'key o')
  expect(token).toMatchObject({ code: 0, stdout: 'plane_api_key\n' })
  expect(token.bytes).toBeLessThan(most)
  const version = await run('--version')
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(version.bytes).toBeLessThan(most)
})

it.each([['list'], ['show', 'key one'], ['flows', 'key one'], ['vault'], ['history']])(
  '%s through a host does not load the application',
  async (...parameters) => {
    const { code, files } = await run(...parameters)
    expect(code).toBe(0)
    expect(files.filter(holdsApplication)).toEqual([])
  },
)

it('a NAME means the same through a host as without one', async () => {
  const through = await Promise.all([grantdesk.run(['token', 'nobody']), grantdesk.run(['token', ''])])
  serving.child.kill('SIGTERM')
  await serving.ended
  const alone = [await grantdesk.unlocked(['token', 'nobody']), await grantdesk.unlocked(['token', ''])]
  expect(through).toEqual(alone)
  expect(alone[0]).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no connection “nobody”.') })
  expect((await grantdesk.unlocked(['token', 'KEY'])).stdout).toBe('plane_api_key\n')
  expect((await run('vault', 'lock')).files.filter(holdsApplication)).toEqual([])
})

it('a command that is its own host loads nothing of Node that is slow to load and seldom needed', async () => {
  const list = join(records, 'builtins.json')
  const env = { NODE_OPTIONS: `--require ${join(import.meta.dirname, 'loaded-builtins.cjs')}`, LOADED_BUILTINS: list }
  const ended = await grantdesk.run(['token', 'key one', '--passphrase-stdin'], { input: `${passphrase}\n`, env })
  expect(ended).toMatchObject({ code: 0, stdout: 'plane_api_key\n' })
  const loaded = JSON.parse(readFileSync(list, 'utf8')) as string[]
  expect(loaded).toContain('NativeModule crypto')
  const slow = ['tls', 'http', 'https', 'worker_threads', 'internal/readline/interface']
  expect(loaded.filter((name) => slow.includes(name.replace('NativeModule ', '')))).toEqual([])
})

it('a socket or a note that a killed host left behind is no obstacle', async () => {
  const next = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await addressOf(next)
  next.child.kill('SIGKILL')
  await next.ended
  expect(readdirSync(grantdesk.folder)).toEqual(expect.arrayContaining(['door.json', 'door.sock']))
  expect((await grantdesk.unlocked(['token', 'key one'])).stdout).toBe('plane_api_key\n')
})
