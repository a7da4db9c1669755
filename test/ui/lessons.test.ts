// “Break it yourself”: every lesson in real Chromium, from its button to the diagnosis that it is about.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LessonId, lessons } from '../../contract/lessons.ts'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

/** What the person does after pressing Connect. */
const deeds: Record<LessonId, ('allow' | 'deny' | 'look' | 'cancel' | 'send')[]> = {
  'redirect-uri': ['look', 'cancel'],
  'client-authentication': ['allow'],
  'token-endpoint': ['allow'],
  pkce: ['look'],
  scope: ['look'],
  'fewer-scopes': ['allow'],
  'no-refresh-token': ['allow'],
  consent: ['deny'],
  'error-without-state': ['deny', 'cancel'],
  'no-oauth': [],
  'server-trouble': ['allow'],
  'rate-limit': ['allow', 'send'],
}

describe.skipIf(findChromium() === null)('lessons', () => {
  let grantdesk: ServedApp

  beforeAll(async () => {
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
  })
  afterAll(() => grantdesk?.close())

  async function openLessons(): Promise<void> {
    const { page } = grantdesk
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder(/./).last().fill('Break it yourself')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Break it yourself' }).waitFor()
  }

  it('are offered on the first screen', async () => {
    const { page } = grantdesk
    await page.getByRole('button', { name: 'Break it yourself: 12 classic failures' }).click()
    await expect.poll(() => page.getByRole('button', { name: /^Break it: / }).count()).toBe(lessons.length)
    expect(lessons.length).toBe(12)
    await expectAccessible(grantdesk, 'the lessons')
    await grantdesk.screenshot('lessons')
  })

  it.each(lessons)('$title', async ({ id, title, rule, serviceId }) => {
    const { page, ask } = grantdesk
    await openLessons()
    await page.getByRole('button', { name: `Break it: ${title}` }).click()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    for (const deed of deeds[id]) {
      if (deed === 'allow') await grantdesk.consent('Allow', 'ada')
      if (deed === 'deny') await grantdesk.consent('Deny')
      if (deed === 'look') await grantdesk.consent('Allow', 'ada').catch(() => undefined)
      if (deed === 'cancel') await page.getByRole('button', { name: 'Cancel', exact: true }).click()
      if (deed === 'send') {
        await page.getByRole('button', { name: 'Show connection' }).click()
        const { connections } = await ask('app.snapshot', {})
        const connectionId = connections.findLast((one) => one.serviceId === serviceId)?.id ?? ''
        await ask('requests.send', { key: 'lesson', connectionId, method: 'GET', path: '/users/current.json' }).catch(
          () => undefined,
        )
      }
    }
    await openLessons()
    const row = page.getByRole('listitem').filter({ hasText: title })
    await row.getByRole('button', { name: 'Seen: show the flow' }).click()
    // What another rule says stands before it, where both say something.
    const others = page.getByRole('button', { name: /^Also noticed/ })
    await page.getByRole('region', { name: 'Diagnosis' }).first().waitFor()
    if (await others.isVisible()) await others.click()
    await page.locator(`[data-rule="${rule}"]`).waitFor()
  })
})
