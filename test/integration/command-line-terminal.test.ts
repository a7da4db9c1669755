// What only a terminal shows: the hidden prompts, and the machine's own Node where it is older than ours.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startPractice } from '../../practice/index.ts'
import { openTestServer } from '../support/test-server.ts'
import { commandLine, openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'

const grantdesk = openTestCommandLine()
afterAll(() => grantdesk.close())

const folders = (process.env.PATH ?? '').split(delimiter)
const canPretend = process.platform === 'linux' && folders.some((folder) => existsSync(join(folder, 'script')))

/** Runs the command under `script`, which gives it a terminal. */
function onTerminal(parameters: string[]): {
  child: ChildProcessWithoutNullStreams
  shows: (text: string) => Promise<void>
  screen: () => string
} {
  const command = [process.execPath, commandLine, ...parameters].map((part) => `'${part}'`).join(' ')
  const env = { PATH: process.env.PATH, HOME: grantdesk.folder, GRANTDESK_HOME: grantdesk.folder }
  const child = spawn('script', ['-qfec', command, '/dev/null'], { env })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    screen += chunk
  })
  const shows = (text: string) => expect.poll(() => screen, { timeout: 10_000 }).toContain(text)
  return { child, shows, screen: () => screen }
}

const exitCode = (child: ChildProcessWithoutNullStreams) => new Promise((resolve) => child.once('exit', resolve))

it.skipIf(!canPretend)('asks twice for a new passphrase and shows neither', async () => {
  const file = join(dirname(grantdesk.folder), 'nameless.json')
  writeFileSync(file, JSON.stringify(namelessService))
  const { child, shows, screen } = onTerminal(['services', 'import', file])
  const ended = exitCode(child)
  await shows(`A new vault is made in ${grantdesk.folder}`)
  await shows('New passphrase: ')
  child.stdin.write(`${passphrase}x\u007f\r`)
  await shows('The same again: ')
  child.stdin.write(`${passphrase}\r`)
  await shows('Added')
  expect(await ended).toBe(0)
  expect(screen()).not.toContain(passphrase.slice(0, 7))
})

it.skipIf(!canPretend)('asks again after a wrong one, and Ctrl-C cancels', async () => {
  const { child, shows, screen } = onTerminal(['list'])
  const ended = exitCode(child)
  await shows('Passphrase of the vault: ')
  child.stdin.write('another one\r')
  await expect
    .poll(screen, { timeout: 10_000 })
    .toMatch(/not the passphrase of this vault\.\s+Passphrase of the vault: /)
  child.stdin.write('\u0003')
  await shows('Cancelled.')
  expect(await ended).toBe(1)
})

it.skipIf(!canPretend)('asks before it removes, offers to revoke first, and takes only a yes for one', async () => {
  const practice = await startPractice()
  const plane = practice.services[0]
  const parameters = ['connect', 'plane', '--grant', 'api_key', '--base-url', plane?.baseUrl ?? '', '--name', 'key']
  const key = 'plane_api_practice_ada_0123456789abcdef'
  await grantdesk.run([...parameters, '--passphrase-stdin', '--token-stdin'], {
    input: `${passphrase}\n${key}\n`,
  })
  for (const [answer, code, words] of [
    ['', 1, 'Nothing was changed.'],
    ['y', 0, 'Removed key, for good.'],
  ] as const) {
    const { child, shows } = onTerminal(['remove', 'key'])
    const ended = exitCode(child)
    await shows('Passphrase of the vault: ')
    child.stdin.write(`${passphrase}\r`)
    await shows('this is final')
    await shows('Revoke them first? [y/N]')
    child.stdin.write('n\r')
    await shows('Remove key? [y/N]')
    child.stdin.write(`${answer}\r`)
    await shows(words)
    expect(await ended).toBe(code)
  }
  await practice.close()
})

function olderNode(): string | null {
  for (const folder of folders.filter((folder) => !folder.includes('node_modules'))) {
    const node = join(folder, 'node')
    if (!existsSync(node)) continue
    const major = Number(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0])
    if (major >= 20 && major < 22) return node
  }
  return null
}

it.skipIf(olderNode() === null)('runs on the machine’s own Node 20', async () => {
  const old = openTestCommandLine()
  const node = olderNode() ?? ''
  const options = { node, input: `${passphrase}\n` }
  await old.makeVault()
  expect(await old.run(['list', '--json', '--passphrase-stdin'], options)).toEqual({
    code: 0,
    stdout: '[]\n',
    stderr: '',
  })
  const practising = old.start(['practice', '--json'], { node })
  await practising.line((line) => line.startsWith('{'))
  practising.child.kill('SIGTERM')
  expect((await practising.ended).code).toBe(0)
  await old.close()
})

it.skipIf(!canPretend)('asks for a name and a test path where the service names nobody', async () => {
  const server = await openTestServer(() => ({ status: 404 }))
  const file = join(grantdesk.folder, 'nameless.json')
  writeFileSync(file, JSON.stringify(namelessService))
  await grantdesk.unlocked(['services', 'import', file])
  const { child, shows } = onTerminal(['connect', 'nameless', '--grant', 'key', '--base-url', server.baseUrl])
  const ended = exitCode(child)
  await shows('Passphrase of the vault: ')
  child.stdin.write(`${passphrase}\r`)
  await shows('Nameless does not say whose a token is.')
  await shows('A name for the connection')
  child.stdin.write('mine\r')
  await shows('A path of its API')
  child.stdin.write('/me\r')
  await shows('Key: ')
  child.stdin.write('key-0123456789abcdef\r')
  await shows('Connected mine')
  await shows('The test path answered 404')
  expect(await ended).toBe(0)
  server.close()
})
