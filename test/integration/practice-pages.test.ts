// The pages of a practice service that are for people: what to type, its quirks, and no way in from other origins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { openPage } from './practice-browser.ts'

const SERVICES = ['plane', 'planio', 'plannr', 'agile-planner', 'birdview'] as const
const ELSEWHERE = { origin: 'https://elsewhere.example' }
let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const named = (wanted: string) => practice.services.find(({ id }) => id === wanted) as PracticeService
const asText = (value: string) => value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

describe.each(SERVICES)('practice %s', (id) => {
  it('says on its first page what to type', async () => {
    const service = named(id)
    const { status, page, headers } = await openPage(`${service.baseUrl}/`)
    expect(status).toBe(200)
    for (const { clientId, clientSecret, redirectUris } of service.clients)
      for (const value of [clientId, clientSecret ?? '', ...redirectUris]) expect(page).toContain(asText(value))
    for (const { login, password } of service.accounts)
      expect(page).toContain(`login <code>${login}</code>, password <code>${password}</code>`)
    for (const { value, header, prefix } of service.apiKeys ?? [])
      expect(page).toContain(`${header}: ${prefix}${value}`)
    expect(page).toContain(service.baseUrl)
    expect(page).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('links only to pages that are there', async () => {
    const { baseUrl } = named(id)
    const { page } = await openPage(`${baseUrl}/`)
    const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href ?? '')
    expect(links).toContain('/practice/quirks')
    for (const href of links) {
      const answer = await fetch(baseUrl + href)
      expect([href, answer.headers.get('content-type')]).toEqual([href, expect.stringContaining('text/html')])
      expect([href, answer.status]).not.toEqual([href, 404])
    }
  })

  it('shows each quirk as a labelled box, ticked where it is on, and takes the form back', async () => {
    const { quirksUrl } = named(id)
    const list = async () => (await (await fetch(`${quirksUrl}.json`)).json()) as { id: string; on: boolean }[]
    const { page } = await openPage(quirksUrl)
    for (const quirk of await list()) {
      expect(page).toContain(`<label for="${quirk.id}">`)
      expect(page).toMatch(
        new RegExp(`id="${quirk.id}" aria-describedby="${quirk.id}-is"${quirk.on ? ' checked' : ''}>`),
      )
    }
    const body = new URLSearchParams([
      ['on', 'no-expires-in'],
      ['on', 'slow'],
      ['save', 'all'],
    ])
    const saved = await fetch(quirksUrl, { method: 'POST', body, headers: { origin: new URL(quirksUrl).origin } })
    expect(await saved.text()).toContain('role="status"')
    const ticked = async () => (await list()).filter((quirk) => quirk.on).map((quirk) => quirk.id)
    expect(await ticked()).toEqual(['no-expires-in', 'slow'])
    await fetch(quirksUrl, { method: 'POST', body: new URLSearchParams({ reset: 'all' }) })
    expect(await ticked()).toContain('lower-case-header-refused')
  })

  it('lets no page of another origin switch anything', async () => {
    const { quirksUrl } = named(id)
    const body = JSON.stringify({ slow: true })
    const json = { 'content-type': 'application/json' }
    const attempts: [string, RequestInit][] = [
      [quirksUrl, { method: 'POST', body: 'on=slow', headers: ELSEWHERE }],
      [quirksUrl, { method: 'POST', body: 'on=slow', headers: { origin: 'null' } }],
      [quirksUrl, { method: 'POST', body: 'on=slow', headers: { 'sec-fetch-site': 'cross-site' } }],
      [`${quirksUrl}.json`, { method: 'POST', body, headers: { ...json, ...ELSEWHERE } }],
      [`${quirksUrl}.json`, { headers: ELSEWHERE }],
    ]
    for (const [url, init] of attempts) expect((await fetch(url, init)).status).toBe(403)
    const states = (await (await fetch(`${quirksUrl}.json`)).json()) as { id: string; on: boolean }[]
    expect(states.find((quirk) => quirk.id === 'slow')?.on).toBe(false)
  })
})

it.each(['["slow"]', '{"slow":"yes"}', '{"made-up":true}', 'slow'])('%s switches nothing', async (body) => {
  const { quirksUrl } = named('plane')
  const answer = await fetch(`${quirksUrl}.json`, { method: 'POST', body })
  expect(answer.status).toBe(400)
  expect(((await answer.json()) as { error: string }).error).toBeTypeOf('string')
})
