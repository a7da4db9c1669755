// Plane's own client library, unchanged, against practice Plane: so that practice is honest.
import { OAuthClient, PlaneClient } from '@makeplane/plane-node-sdk'
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

it('works with a user token, with the one that a refresh brought, and no more with the old one', async () => {
  const { redirect } = await visit(client.getAuthorizationUrl())
  const tokens = await client.exchangeCodeForToken(redirect?.searchParams.get('code') ?? '')
  const refreshed = await client.getRefreshToken(tokens.refresh_token ?? '')
  const api = new PlaneClient({ baseUrl: plane.baseUrl, accessToken: refreshed.access_token })
  expect(await api.users.me()).toMatchObject({ display_name: 'ada' })
  const { results: projects } = await api.projects.list('practice-one')
  const rocket = projects.find(({ name }) => name === 'Rocket')?.id ?? ''
  const item = await api.workItems.create('practice-one', rocket, { name: 'Polish the nose cone' })
  const { results: items } = await api.workItems.list('practice-one', rocket)
  expect(items.map(({ id }) => id)).toContain(item.id)
  const old = new PlaneClient({ baseUrl: plane.baseUrl, accessToken: tokens.access_token })
  await expect(old.users.me()).rejects.toMatchObject({ statusCode: 401 })
})

it('works with a bot token in the workspace of its installation, and asks for another with the same', async () => {
  const { redirect } = await visit(client.getAuthorizationUrl(), { account: 'alice' })
  const installationId = redirect?.searchParams.get('app_installation_id') ?? ''
  const first = await client.getBotToken(installationId)
  const second = await client.getBotToken(installationId)
  expect(second.access_token).not.toBe(first.access_token)
  const [installation] = [await client.getAppInstallations(second.access_token, installationId)].flat()
  const slug = installation?.workspace_detail.slug ?? ''
  expect(slug).toBe('practice-two')
  const bot = new PlaneClient({ baseUrl: plane.baseUrl, accessToken: second.access_token })
  expect(await bot.users.me()).toMatchObject({ id: installation?.app_bot, display_name: 'Practice app bot' })
  expect((await bot.projects.list(slug)).results.map(({ name }) => name)).toEqual(['Library'])
  await expect(bot.projects.list('practice-one')).rejects.toMatchObject({ statusCode: 403 })
})

it('lists both installations to who is in two workspaces', async () => {
  const { redirect } = await visit(client.getAuthorizationUrl(), { account: 'alice' })
  const { access_token } = await client.exchangeCodeForToken(redirect?.searchParams.get('code') ?? '')
  const installations = [await client.getAppInstallations(access_token)].flat()
  expect(installations.map(({ workspace_detail }) => workspace_detail.slug).sort()).toEqual([
    'practice-one',
    'practice-two',
  ])
})

it('works with an API key where there is no OAuth', async () => {
  const community = await startPractice({ quirks: { plane: { 'community-edition': true } } })
  const { baseUrl, apiKeys } = community.services[0] as PracticeService
  const { client_id: clientId, client_secret: clientSecret } = credentials(plane)
  const app = new OAuthClient({ baseUrl, clientId, clientSecret, redirectUri: REDIRECT_URI })
  await expect(app.exchangeCodeForToken('any')).rejects.toMatchObject({ response: { status: 404 } })
  const api = new PlaneClient({ baseUrl, apiKey: apiKeys?.[1]?.value })
  expect(await api.users.me()).toMatchObject({ display_name: 'alice' })
  await community.close()
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
