// Secrets, ids and addresses as they are copied: with blanks, quotes and what stood around them. On standard input, as options,
// in files, and at a terminal, where the person is asked.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'
import { canPretend, onTerminal } from './terminal-process.ts'

const grantdesk = openTestCommandLine()
const key = 'key-0123456789-abcdef-0123456789'
let server: TestServer

beforeAll(async () => {
  server = await openTestServer(({ path }) =>
    path === '/token' ? { json: { access_token: 'access-0123456789', token_type: 'Bearer' } } : {},
  )
  const file = join(grantdesk.folder, '..', 'nameless.json')
  const endpoints = { ...namelessService.endpoints, token: ' {base}/token\u200b' }
  writeFileSync(file, `\ufeff${JSON.stringify({ ...namelessService, endpoints })}`)
  await grantdesk.makeVault()
  expect(await grantdesk.unlocked(['services', 'import', file])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('endpoints.token: One invisible character was left out.'),
  })
})
afterAll(async () => {
  server.close()
  await grantdesk.close()
})

let names = 0
function connecting(grant: string, ...more: string[]): string[] {
  names += 1
  const named = ['--name', `connection ${names}`, '--test-path', '/me']
  return ['connect', 'nameless', '--base-url', ` "${server.baseUrl}" `, '--grant', grant, ...named, ...more]
}

const withKey = (pasted: string) =>
  grantdesk.run([...connecting('key'), '--passphrase-stdin', '--token-stdin'], {
    input: `\ufeff${passphrase}\n${pasted}\n`,
  })
const sentKey = () => server.to('/me').at(-1)?.headers.authorization

it.each([
  ['with blanks', ` ${key}\u00a0`, 'One blank at the end was left out.'],
  ['in quotes', `"${key}"`, 'The quotes around it were left out.'],
  ['in a header', `Authorization: Bearer ${key}`, 'Found in the header “Authorization”: key-…6789, 32 characters.'],
  ['in a curl command', `curl -H 'X-Api-Key: ${key}' https://api.example`, 'of the curl command'],
  ['in a JSON document', JSON.stringify({ id: 7, api_key: key }), 'as “api_key” in the JSON'],
])('a key on standard input %s is put right and told', async (_how, pasted, words) => {
  const { code, stderr } = await withKey(pasted)
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining(words) })
  expect(stderr).toContain('--base-url: The quotes around it were left out.')
  expect(sentKey()).toBe(`Bearer ${key}`)
  expect(stderr).not.toContain(key)
})

it('a key that could be several is asked for alone', async () => {
  const { code, stderr } = await withKey(JSON.stringify({ access_token: `${key}1`, refresh_token: `${key}2` }))
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('could be the Key: as “access_token”'),
  })
})

const withSecret = (...more: string[]) =>
  connecting('machine', '--client-id', ` client-${names + 1} `, '--client-auth', 'body', ...more)
const sent = () => {
  const form = server.to('/token').at(-1)?.form
  return [form?.get('client_id'), form?.get('client_secret')]
}

it('a client secret on standard input keeps what may belong to it, and that is told', async () => {
  const { code, stderr } = await grantdesk.run([...withSecret(), '--passphrase-stdin', '--client-secret-stdin'], {
    input: `${passphrase}\ns3cret \r\n`,
  })
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('One blank at the end was kept.') })
  expect(stderr).toContain('--client-id: One blank at the start was left out.')
  expect(sent()).toEqual([`client-${names}`, 's3cret '])
})

it.skipIf(!canPretend).each([
  ['n', 's3cret'],
  ['y', 's3cret '],
])('at a terminal the person is asked whether the blank belongs to it: %s', async (answer, secret) => {
  const { shows, type, ended } = onTerminal(grantdesk, withSecret())
  await shows('Passphrase of the vault: ')
  type(`${passphrase}\r`)
  await shows('Client secret: ')
  type('s3cret \r')
  await shows('Does that belong to the client secret? [y/N]')
  type(`${answer}\r`)
  await shows('Connected connection')
  expect(await ended).toBe(0)
  expect(sent()[1]).toBe(secret)
})

it.skipIf(!canPretend)('at a terminal the person chooses which of several keys is meant, and sees none', async () => {
  const { shows, type, ended, screen } = onTerminal(grantdesk, connecting('key'))
  await shows('Passphrase of the vault: ')
  type(`${passphrase}\r`)
  await shows('Key: ')
  type(`\u001b[200~{\r "access_token": "${key}1",\r "refresh_token": "${key}2"\r}\u001b[201~\r`)
  await shows('Which one? ')
  type('2\r')
  await shows('Connected connection')
  expect(await ended).toBe(0)
  expect(sentKey()).toBe(`Bearer ${key}2`)
  expect(screen()).not.toContain(key)
})
