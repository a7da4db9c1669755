import { describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../../../contract/connection.ts'
import type { DamagedRecord } from '../../../../contract/damage.ts'
import {
  filterConnections,
  filterDamaged,
  needsAttention,
  noFilter,
  staleAfter,
} from '../../../../renderer/kit/connection-filter.ts'
import { needOf, needWords } from '../../../../renderer/kit/needs-you.ts'
import { type ListItem, listItems } from '../../../../renderer/shell/list-items.ts'

const now = 1_800_000_000_000
const minute = 60_000

function connection(part: Partial<ConnectionView>): ConnectionView {
  return {
    id: part.name ?? 'c',
    name: 'Ada',
    tags: [],
    serviceId: 'plane',
    serviceName: 'Plane',
    baseUrl: 'https://api.plane.so',
    clientId: 'k',
    clientName: 'TestApp',
    grantId: 'user',
    grantType: 'authorization_code',
    grantName: 'User token',
    account: null,
    workspace: null,
    workspaces: [],
    actsAs: null,
    bearer: { header: 'Authorization', prefix: 'Bearer ' },
    resources: [],
    parameters: {},
    tokenParameters: {},
    kept: {},
    apiRoot: 'https://api.example.com',
    testPath: null,
    apiAnswer: null,
    status: { kind: 'good' },
    damage: null,
    scopes: { requested: [], granted: null, reported: null },
    tokenType: 'bearer',
    obtainedAt: now,
    expiresAt: now + 60 * minute,
    neverExpires: false,
    refreshable: true,
    refreshTokenObtainedAt: null,
    refreshTokenExpiresAt: null,
    busy: null,
    reminded: null,
    autoRefresh: true,
    waiting: null,
    createdAt: now,
    lastUsedAt: null,
    ...part,
  }
}

function damaged(part: Partial<DamagedRecord>): DamagedRecord {
  const words = { what: 'connection', message: 'It cannot be opened.', remedy: 'Remove it.' }
  return {
    kind: 'connection',
    id: 'n',
    name: 'n',
    serviceId: null,
    since: now,
    recoverable: false,
    problem: 'damaged',
    ...words,
    ...part,
  }
}

function wordsOf(items: ListItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'group') return `# ${item.name} ${item.host}`
    return item.kind === 'row' ? item.connection.name : `${item.record.name} damaged`
  })
}

const namesOf = (connections: ConnectionView[]) => connections.map(({ name }) => name)

describe('the list of connections', () => {
  it('groups by service and base URL, in order, practice last', () => {
    const items = listItems([
      connection({ name: 'b10' }),
      connection({ name: 'practice', baseUrl: 'http://127.0.0.1:4100' }),
      connection({ name: 'b9' }),
      connection({ name: 'p', serviceName: 'Planio', baseUrl: 'https://acme.plan.io' }),
    ])
    expect(wordsOf(items)).toEqual([
      ...['# Plane api.plane.so', 'b9', 'b10', '# Planio acme.plan.io', 'p', '# Plane 127.0.0.1:4100', 'practice'],
    ])
  })

  it('shows a damaged connection with others of its service, or first where nothing tells of its service', () => {
    const lost = [damaged({ id: 'n2', name: 'b11', serviceId: 'plane' }), damaged({ id: 'n3', name: 'n3' })]
    const items = listItems([connection({ name: 'b10' })], lost)
    expect(wordsOf(items)).toEqual(['# Damaged ', 'n3 damaged', '# Plane api.plane.so', 'b10', 'b11 damaged'])
    expect(filterDamaged(lost, { ...noFilter, text: 'B11' }).map(({ id }) => id)).toEqual(['n2'])
    expect(filterDamaged(lost, { ...noFilter, state: 'needs_attention' })).toEqual(lost)
    expect(filterDamaged(lost, { ...noFilter, state: 'expiring' })).toEqual([])
    expect(filterDamaged([damaged({ kind: 'tokens' })], noFilter)).toEqual([])
  })

  it('takes a host that only begins like loopback for a real one', () => {
    const items = listItems([
      connection({ name: 'real', serviceName: 'A', baseUrl: 'https://127.0.0.1.example' }),
      connection({ name: 'other', serviceName: 'B' }),
    ])
    expect(items[0]).toMatchObject({ name: 'A' })
  })

  it('finds every word of the search, wherever it stands', () => {
    const acme = connection({
      name: 'Ada',
      workspace: { id: null, name: 'Acme', slug: null, detail: null },
      tags: ['prod'],
      actsAs: 'user 7',
    })
    const found = (text: string) => namesOf(filterConnections([acme], { ...noFilter, text }, now))
    expect(found('acme ADA')).toEqual(['Ada'])
    expect(found('prod plane')).toEqual(['Ada'])
    expect(found('user 7')).toEqual(['Ada'])
    expect(found('acme nowhere')).toEqual([])
  })

  it('filters by state, service and tag together', () => {
    const soon = connection({
      name: 'soon',
      refreshable: false,
      expiresAt: now + minute,
      obtainedAt: now - 9 * minute,
      tags: ['x'],
    })
    const renewed = connection({ name: 'renewed', expiresAt: now + minute })
    const later = connection({ name: 'later', tags: ['x'] })
    const old = connection({ name: 'old', lastUsedAt: now - staleAfter - 1 })
    const all = [soon, renewed, later, old]
    expect(namesOf(filterConnections(all, { ...noFilter, state: 'expiring' }, now))).toEqual(['soon'])
    expect(namesOf(filterConnections(all, { ...noFilter, state: 'stale' }, now))).toEqual(['old'])
    expect(namesOf(filterConnections(all, { ...noFilter, tag: 'x' }, now))).toEqual(['soon', 'later'])
    expect(filterConnections(all, { ...noFilter, tag: 'x', serviceId: 'planio' }, now)).toEqual([])
  })

  it('asks for attention only where a refresh cannot help', () => {
    const expired = { obtainedAt: now - 9 * minute, expiresAt: now - minute }
    expect(needsAttention(connection({ ...expired, refreshable: false }), now)).toBe(true)
    expect(needsAttention(connection({ ...expired, refreshTokenExpiresAt: now - 1 }), now)).toBe(true)
    expect(needsAttention(connection(expired), now)).toBe(false)
  })
})

describe('what needs the person', () => {
  const day = 24 * 60 * minute
  const place = { id: 'a', name: 'A', slug: null, detail: null }
  const wordsOf = (part: Partial<ConnectionView>) => {
    const one = connection(part)
    const need = needOf(one, now)
    return need && needWords(one, need, now)
  }

  it('is nothing where Grantdesk renews by itself', () => {
    expect(wordsOf({ expiresAt: now + minute })).toBeNull()
  })

  it('is the workspace while several are reached and none is chosen', () => {
    const both = [place, { ...place, id: 'b' }]
    expect(wordsOf({ workspaces: both })).toBe('Choose the workspace: it reaches 2 workspaces')
    expect(wordsOf({ workspaces: both, workspace: place })).toBeNull()
    expect(wordsOf({ workspaces: [place] })).toBeNull()
  })

  it('is an end that only they can put off, in time', () => {
    const token = { grantType: 'static_token' as const, refreshable: false, obtainedAt: now - 350 * day }
    expect(wordsOf({ ...token, expiresAt: now + 15 * day })).toMatch(/^Replace the token by /)
    expect(wordsOf({ ...token, expiresAt: now + 12 * minute })).toBe('Replace the token within 12 min')
    expect(wordsOf({ ...token, expiresAt: now - day })).toBe('The token has ended: replace it')
    const ending = { refreshTokenObtainedAt: now - 170 * day, refreshTokenExpiresAt: now + 12 * day }
    expect(wordsOf(ending)).toMatch(/^Reconnect by /)
  })

  it('is the clock where a token had ended when it came', () => {
    expect(wordsOf({ expiresAt: now - minute })).toBe('It had ended when it came: check the clock of this machine')
    expect(wordsOf({ obtainedAt: now - 9 * minute, expiresAt: now - minute })).toBeNull()
  })

  it('is a refusal before all else', () => {
    const failure = { kind: 'cancelled' as const, message: 'It was refused.' }
    const status = { kind: 'needs_attention' as const, since: now, failure }
    expect(wordsOf({ status, workspaces: [place, { ...place, id: 'b' }] })).toBe('It was refused.')
  })
})
