// A Plane API key cannot tell which workspaces it reaches: the person names one, at the application's door.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer } from '../support/test-server.ts'

let grantdesk: TestApp
beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

async function withKey(): Promise<string> {
  const practice = await grantdesk.call('practice.start', {})
  const plane = practice.state === 'running' && practice.services.find(({ serviceId }) => serviceId === 'plane')
  if (!plane) throw new Error('no practice Plane')
  const place = { serviceId: 'plane', baseUrl: plane.baseUrl }
  const token = { value: 'plane_api_practice_ada_0123456789abcdef' }
  const { id } = await grantdesk.call('connect.start', {
    grantId: 'api_key',
    scopes: [],
    openBrowser: false,
    place,
    token,
  })
  const attempt = await grantdesk.settled(id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return attempt.connectionId
}

const projects = (connectionId: string) =>
  grantdesk.call('requests.send', {
    ...{ key: 'k', connectionId, method: 'GET' as const },
    path: '/api/v1/workspaces/{slug}/projects/',
  })

it('a pasted address names it, for every request from then on and also after asking the API again', async () => {
  const id = await withKey()
  await expect(projects(id)).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  const workspace = 'https://app.plane.so/practice-one/projects/'
  expect((await grantdesk.call('connections.nameWorkspace', { id, workspace })).workspace).toMatchObject({
    slug: 'practice-one',
  })
  await grantdesk.call('connections.identify', { id })
  const { status, body, url } = await projects(id)
  expect([status, url]).toEqual([200, expect.stringContaining('/workspaces/practice-one/projects/')])
  expect(body).toContain('Rocket')
  const { entries } = await grantdesk.call('history.list', { connectionId: id })
  expect(entries.find(({ operation }) => operation === 'workspace')?.detail).toBe('Works in practice-one')
})

it('nothing takes it away, and what names none changes nothing', async () => {
  const id = await withKey()
  await grantdesk.call('connections.nameWorkspace', { id, workspace: 'practice-one' })
  const wrong = grantdesk.call('connections.nameWorkspace', { id, workspace: 'https://app.plane.so/' })
  await expect(wrong).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  const { connections } = await grantdesk.call('app.snapshot', {})
  expect(connections[0]?.workspace?.slug).toBe('practice-one')
  expect((await grantdesk.call('connections.nameWorkspace', { id, workspace: '' })).workspace).toBeNull()
})

const listOrChooseWorkspace = async (id: string) =>
  (await grantdesk.call('app.snapshot', {})).connections.find((one) => one.id === id)?.workspace

it('one that the API does not know for this key is not taken', async () => {
  const id = await withKey()
  await grantdesk.call('connections.nameWorkspace', { id, workspace: 'practice-one' })
  const naming = grantdesk.call('connections.nameWorkspace', { id, workspace: 'other' })
  await expect(naming).rejects.toMatchObject({
    failure: { kind: 'invalid_input', message: expect.stringContaining('knows no workspace “other”') },
  })
  expect(await listOrChooseWorkspace(id)).toMatchObject({ slug: 'practice-one', detail: null })
})

describe('a Plane that answers as it is told', () => {
  const installation = {
    workspace_detail: { id: 'w1', name: 'One', slug: 'one' },
    ...{ app_bot: 'b1', status: 'installed' },
  }

  /** `listed`: what it says of installations; `projects`: how it answers about a workspace. */
  async function connected(listed: unknown[], projects: number): Promise<{ id: string; close: () => void }> {
    const server = await openTestServer(({ path }) => {
      if (path.startsWith('/auth/o/app-installation')) return { json: listed }
      return path.startsWith('/api/v1/workspaces') ? { status: projects, json: {} } : { json: { id: '1' } }
    })
    const place = { serviceId: 'plane', baseUrl: server.baseUrl }
    const input = { grantId: 'api_key', scopes: [], openBrowser: false, place, token: { value: 'key-0123456789' } }
    const attempt = await grantdesk.settled((await grantdesk.call('connect.start', input)).id)
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    return { id: attempt.connectionId, close: () => server.close() }
  }

  it('takes none beside those that it lists, and what it said of them stays', async () => {
    const { id, close } = await connected([installation], 200)
    const naming = grantdesk.call('connections.nameWorkspace', { id, workspace: 'other' })
    await expect(naming).rejects.toMatchObject({ failure: { kind: 'not_found', remedy: 'It reaches: one.' } })
    expect(await listOrChooseWorkspace(id)).toMatchObject({ id: 'w1', detail: 'bot b1 · status installed' })
    close()
  })

  it('takes none that it answers 404 for', async () => {
    const { id, close } = await connected([], 404)
    const naming = grantdesk.call('connections.nameWorkspace', { id, workspace: 'two' })
    await expect(naming).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
    expect(await listOrChooseWorkspace(id)).toBeNull()
    close()
  })

  it('has one marked that it could not be asked about', async () => {
    const { id, close } = await connected([], 503)
    const named = await grantdesk.call('connections.nameWorkspace', { id, workspace: 'two' })
    expect(named.workspace).toMatchObject({ slug: 'two', detail: 'not confirmed by the API' })
    close()
  })
})
