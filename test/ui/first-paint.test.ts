// The window begins with little, and loads each screen when it is opened: what the first paint weighs, that no style is missing,
// and what a person sees where a screen does not come.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtPages, firstPaintSize } from '../support/first-paint.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp } from './served-app.ts'

const kilobyte = 1000

describe.each(['window.html', 'tab.html'] as const)('before %s paints', (entry) => {
  const { js, css, files } = firstPaintSize(entry)

  it('at most 250 kB of compressed JavaScript are loaded', () => {
    expect(js).toBeGreaterThan(50 * kilobyte)
    expect(js).toBeLessThanOrEqual(250 * kilobyte)
  })

  it('at most 25 kB of compressed CSS are loaded', () => {
    expect(css).toBeGreaterThan(5 * kilobyte)
    expect(css).toBeLessThanOrEqual(25 * kilobyte)
  })

  it('all that a loaded file imports is loaded with it', () => {
    const imported = files
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [...readFileSync(join(builtPages, path), 'utf8').matchAll(/from"\.\/([^"]+)"/g)])
      .map(([, name]) => `assets/${name}`)
    expect(files).toEqual(expect.arrayContaining(imported))
  })
})

it('no file of the page makes schemas', () => {
  const scripts = readdirSync(join(builtPages, 'assets')).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  const withZod = scripts.filter((name) => readFileSync(join(builtPages, 'assets', name), 'utf8').includes('ZodType'))
  expect(withZod).toEqual([])
})

it('has every style of Mantine’s that a component asks for', () => {
  const mantine = createRequire(import.meta.url).resolve('@mantine/core/styles.css')
  const hashes = (text: string) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g))
  const read = (ending: string) =>
    readdirSync(join(builtPages, 'assets'))
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(builtPages, 'assets', name), 'utf8'))
      .join('\n')
  const [styled, present] = [hashes(readFileSync(mantine, 'utf8')), hashes(read('.css'))]
  const missing = [...hashes(read('.js'))].filter((hash) => styled.has(hash) && !present.has(hash))
  expect(present.size).toBeGreaterThan(50)
  expect(missing).toEqual([])
})

describe('a screen whose file does not come', () => {
  it('says so, can be asked for again, and then works', async () => {
    let away = true
    const grantdesk = await openServedApp({
      begin: (context) =>
        void context.route(/\/assets\/settings-/, (route) => (away ? route.abort() : route.continue())),
    })
    const { page } = grantdesk
    try {
      await makeVault(grantdesk)
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click()
      const failure = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
      await failure.waitFor()
      await expectAccessible(grantdesk, 'a screen that was not loaded')
      await grantdesk.screenshot('not-loaded')
      await failure.getByRole('button', { name: 'Try again' }).click()
      await failure.waitFor()
      // The other screens are none the worse.
      await page.getByRole('button', { name: 'Inventory' }).click()
      await page.getByRole('heading', { name: 'Inventory' }).waitFor()
      away = false
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click()
      await failure.waitFor({ state: 'detached' })
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
    } finally {
      await grantdesk.close()
    }
  })

  it('leaves words in its place while it is slow', async () => {
    const come = Promise.withResolvers<void>()
    const grantdesk = await openServedApp({
      begin: (context) =>
        void context.route(/\/assets\/settings-/, async (route) => {
          await come.promise
          await route.continue()
        }),
    })
    const { page } = grantdesk
    try {
      await makeVault(grantdesk)
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click()
      await page.getByRole('status').filter({ hasText: 'Loading…' }).waitFor()
      come.resolve()
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      expect(await page.getByText('Loading…').count()).toBe(0)
    } finally {
      await grantdesk.close()
    }
  })
})
