import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type PageAnswer, rendererPage } from '../../../../core/door/page.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-page-'))
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'outside.js'), 'outside')
  writeFileSync(join(folder, 'built', 'tab.html'), '<style nonce="__GRANTDESK_NONCE__"></style>')
  writeFileSync(join(folder, 'built', 'window.html'), 'the window')
  writeFileSync(join(folder, 'built', 'notes.txt'), 'no type of ours')
  writeFileSync(join(folder, 'built', 'assets', 'tab-1.js'), 'script')
  symlinkSync(join(folder, 'outside.js'), join(folder, 'built', 'link.js'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const page = () => rendererPage(join(folder, 'built'), 'tab.html')
const text = ({ body }: PageAnswer) => Buffer.from(body).toString()

it('puts a fresh nonce into each page and its policy', () => {
  const serve = page()
  const nonces = [serve('/'), serve('/')].map((answer) => {
    const nonce = /nonce="([^"]+)"/.exec(text(answer))?.[1] ?? ''
    expect(answer.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(answer.headers['cache-control']).toBe('no-store')
    return nonce
  })
  expect(nonces[0]).toMatch(/^[\w+/]{24}$/)
  expect(nonces[0]).not.toBe(nonces[1])
})

it('serves a built file with its type', () => {
  const answer = page()('/assets/tab-1.js')
  expect(answer.status).toBe(200)
  expect(text(answer)).toBe('script')
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  })
})

it.each([
  '/../outside.js',
  '/assets/../../outside.js',
  '/%2e%2e/outside.js',
  '/link.js',
  '/window.html',
  '/notes.txt',
  '/assets',
  '/assets/',
  '',
  '//tab.html',
  '/__proto__',
])('answers 404 to %j', (path) => {
  const answer = page()(path)
  expect(answer.status).toBe(404)
  expect(text(answer)).not.toContain('outside')
})

it('says what is missing when the user interface is not built', () => {
  expect(() => rendererPage(join(folder, 'elsewhere'), 'tab.html')).toThrow('is not built')
})
