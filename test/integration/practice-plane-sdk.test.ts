// Plane's own client library, unchanged, against practice Plane: so that practice is honest.
import { OAuthClient } from '@makeplane/plane-node-sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { credentials, REDIRECT_URI, visit } from './practice-browser.ts'

let practice: Practice
let plane: PracticeService
let client: OAuthClient

beforeAll(async () => {
  practice = await startPractice()
  plane = practice.services[0] as PracticeService
  const { client_id: clientId, client_secret: clientSecret } = credentials(plane)
  client = new OAuthClient({ baseUrl: plane.baseUrl, clientId, clientSecret, redirectUri: REDIRECT_URI })
})
afterAll(() => practice.close())

it('gets a user token and refreshes it', async () => {
  const { redirect } = await visit(client.getAuthorizationUrl('code', 'state-of-the-library'))
  expect(redirect?.searchParams.get('state')).toBe('state-of-the-library')
  const tokens = await client.exchangeCodeForToken(redirect?.searchParams.get('code') ?? '')
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 86400, scope: 'read write' })
  const refreshed = await client.getRefreshToken(tokens.refresh_token ?? '')
  expect(refreshed.access_token).toMatch(/^pln_/)
  expect(refreshed.access_token).not.toBe(tokens.access_token)
})

it('gets a bot token for the installation, and the installation with it', async () => {
  const { redirect } = await visit(client.getAuthorizationUrl())
  const installationId = redirect?.searchParams.get('app_installation_id') ?? ''
  const bot = await client.getBotToken(installationId)
  expect(bot.access_token).toMatch(/^pln_bot_/)
  expect(bot).not.toHaveProperty('refresh_token')
  const [installation] = [await client.getAppInstallations(bot.access_token, installationId)].flat()
  expect(installation).toMatchObject({
    id: installationId,
    status: 'installed',
    workspace_detail: { slug: 'practice-one' },
  })
  const me = await fetch(`${plane.baseUrl}/api/v2/users/me/`, {
    headers: { authorization: `Bearer ${bot.access_token}` },
  })
  expect(await me.json()).toMatchObject({ principal_kind: 'bot' })
})

it('is refused a bot token for an installation that is not there, or with another secret', async () => {
  await expect(client.getBotToken('no-such-installation')).rejects.toMatchObject({ response: { status: 400 } })
  const { redirect } = await visit(client.getAuthorizationUrl())
  const impostor = new OAuthClient({
    baseUrl: plane.baseUrl,
    clientId: credentials(plane).client_id,
    clientSecret: 'not-the-secret',
    redirectUri: REDIRECT_URI,
  })
  const attempt = impostor.getBotToken(redirect?.searchParams.get('app_installation_id') ?? '')
  await expect(attempt).rejects.toMatchObject({ response: { status: 401, data: { error: 'invalid_client' } } })
})
