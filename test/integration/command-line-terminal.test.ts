// What only a terminal shows: the hidden prompts, and the machine's own Node where it is older than ours.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startPractice } from '../../practice/index.ts'
import { openTestServer } from '../support/test-server.ts'
import { openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'
import { canPretend, onTerminal } from './terminal-process.ts'

const grantdesk = openTestCommandLine()
afterAll(() => grantdesk.close())

const folders = (process.env.PATH ?? '').split(delimiter)

it.skipIf(!canPretend)('asks twice for a new passphrase and shows neither', async () => {
  const file = join(dirname(grantdesk.folder), 'nameless.json')
  writeFileSync(file, JSON.stringify(namelessService))
  const { ended, shows, type, screen } = onTerminal(grantdesk, ['services', 'import', file])
  await shows(`A new vault is made in ${grantdesk.folder}`)
  await shows('New passphrase: ')
  type(`${passphrase}x\u007f\r`)
  await shows('The same again: ')
  type(`${passphrase}\r`)
  await shows('Added')
  expect(await ended).toBe(0)
  expect(screen()).not.toContain(passphrase.slice(0, 7))
})

it.skipIf(!canPretend)(
  'asks for the passphrase of a new vault in one pair, and leaves nothing where the two differ',
  async () => {
    const own = openTestCommandLine()
    for (const [again, words, code] of [
      ['another one', 'The two passphrases differ.', 1],
      [passphrase, 'It opens with this passphrase.', 0],
    ] as const) {
      const { ended, shows, type, screen } = onTerminal(own, ['vault', 'passphrase'])
      await shows('New passphrase: ')
      type(`${passphrase}\r`)
      await shows('The same again: ')
      type(`${again}\r`)
      await shows(words)
      expect(await ended).toBe(code)
      expect(screen().match(/passphrase: |same again: /gi)).toHaveLength(2)
      expect(existsSync(own.folder)).toBe(code === 0)
    }
    expect((await own.unlocked(['list'])).code).toBe(0)
    await own.close()
  },
)

it.skipIf(!canPretend)('leaves nothing where the passphrases differ that are asked for along the way', async () => {
  const own = openTestCommandLine()
  const file = join(dirname(own.folder), 'nameless.json')
  writeFileSync(file, JSON.stringify(namelessService))
  const { ended, shows, type } = onTerminal(own, ['services', 'import', file])
  await shows('New passphrase: ')
  type(`${passphrase}\r`)
  await shows('The same again: ')
  type('another one\r')
  await shows('The two passphrases differ.')
  expect(await ended).toBe(1)
  expect(existsSync(own.folder)).toBe(false)
  await own.close()
})

it.skipIf(!canPretend)('asks again after a wrong one, and Ctrl-C cancels', async () => {
  const { ended, shows, type } = onTerminal(grantdesk, ['list'])
  await shows('Passphrase of the vault: ')
  type('another one\r')
  await shows(/not the passphrase of this vault\.[^P]+Passphrase of the vault: /)
  type('\u0003')
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
    const { ended, shows, type } = onTerminal(grantdesk, ['remove', 'key'])
    await shows('Passphrase of the vault: ')
    type(`${passphrase}\r`)
    await shows('this is final')
    await shows('Revoke them first? [y/N]')
    type('n\r')
    await shows('Remove key? [y/N]')
    type(`${answer}\r`)
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
  const { ended, shows, type } = onTerminal(grantdesk, [
    'connect',
    'nameless',
    '--grant',
    'key',
    '--base-url',
    server.baseUrl,
  ])
  await shows('Passphrase of the vault: ')
  type(`${passphrase}\r`)
  await shows('Nameless does not say whose a token is.')
  await shows('A name for the connection')
  type('mine\r')
  await shows('A path of its API')
  type('/me\r')
  await shows('Key: ')
  type('key-0123456789abcdef\r')
  await shows('Connected mine')
  await shows('The test path answered 404')
  expect(await ended).toBe(0)
  server.close()
})
