// Ruby's oauth2 gem, unchanged, through practice Planio's out-of-band steps, as Planio's guide shows them.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { credentials, openPage, visit } from './practice-browser.ts'

const missing = 'skipped: Ruby’s oauth2 gem is not installed and cannot be'

const GUIDE = `
require 'oauth2'
require 'json'
$stdout.sync = true

redirect_uri = 'urn:ietf:wg:oauth:2.0:oob'
client = OAuth2::Client.new(ENV['CLIENT_ID'], ENV['CLIENT_SECRET'], site: ENV['SITE'])
puts client.auth_code.authorize_url(redirect_uri: redirect_uri, scope: 'view_project view_issues add_issues')
code = $stdin.gets.strip

token = client.auth_code.get_token(code, redirect_uri: redirect_uri)
puts token.get('/users/current.json').body

token = token.refresh!
puts token.get('/issues.json?limit=5').body
body = JSON.generate(issue: { subject: 'Hello world' })
created = token.post('/projects/website/issues.json', body: body, headers: { 'Content-Type' => 'application/json' })
puts JSON.generate(status: created.status, expires_in: token.expires_in, scope: token.params['scope'])

begin
  client.auth_code.get_token(code, redirect_uri: redirect_uri)
rescue OAuth2::Error => e
  puts JSON.generate(error: e.code, description: e.description)
end
`

let installed = false
let practice: Practice
let planio: PracticeService

beforeAll(async () => {
  installed = ensureDebianPackages(['ruby-oauth2'])
  if (!installed) console.log(missing)
  practice = await startPractice()
  planio = practice.services[1] as PracticeService
}, 10 * 60_000)
afterAll(() => practice.close())

/** Runs the guide; `paste` is what the person does between the address and the code. */
async function follow(
  paste: (authorizationUrl: string) => Promise<string>,
): Promise<{ lines: string[]; said: string }> {
  const { client_id, client_secret } = credentials(planio)
  const { PATH } = process.env
  const env = { PATH, LANG: 'C.UTF-8', CLIENT_ID: client_id, CLIENT_SECRET: client_secret, SITE: planio.baseUrl }
  const ruby = spawn('/usr/bin/ruby', ['-e', GUIDE], { env, stdio: 'pipe' })
  const ended = new Promise((resolve) => ruby.once('close', resolve))
  let said = ''
  ruby.stderr.on('data', (chunk) => {
    said += chunk
  })
  const lines: string[] = []
  try {
    for await (const line of createInterface({ input: ruby.stdout })) {
      lines.push(line)
      if (lines.length === 1) ruby.stdin.end(`${await paste(line)}\n`)
    }
    await ended
  } finally {
    ruby.kill()
  }
  return { lines, said }
}

it('gets a token with the code that the page shows, uses and refreshes it', { timeout: 60_000 }, async (context) => {
  if (!installed) return context.skip(missing)
  const { lines, said } = await follow(async (authorizationUrl) => {
    const { redirect } = await visit(authorizationUrl)
    const { page } = await openPage(redirect?.href ?? '')
    return /id="authorization_code">([^<]+)</.exec(page)?.[1] ?? ''
  })
  const [, me, issues, created, again] = lines.map((line, index) => (index === 0 ? line : JSON.parse(line)))
  expect(said).not.toContain('OAuth2::Error')
  expect(me.user).toMatchObject({ login: 'ada', firstname: 'Ada' })
  expect(issues.total_count).toBeGreaterThan(0)
  expect(created).toEqual({ status: 201, expires_in: 7200, scope: 'view_project view_issues add_issues' })
  expect(again).toMatchObject({ error: 'invalid_grant', description: expect.stringMatching(/^The provided/) })
})

it('ends with the server’s words after a code that was mistyped', { timeout: 60_000 }, async (context) => {
  if (!installed) return context.skip(missing)
  const { lines, said } = await follow(async () => 'mistyped')
  expect(lines).toHaveLength(1)
  expect(said).toContain('invalid_grant: The provided authorization grant is invalid')
})
