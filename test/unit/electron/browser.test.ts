import { expect, it } from 'vitest'
import { systemBrowser } from '../../../electron/browser.ts'

function made() {
  const opened: string[] = []
  const openExternal = async (url: string) => void opened.push(url)
  return { opened, browser: systemBrowser({ openExternal }) }
}

it.each(['https://app.plane.so/oauth', 'http://127.0.0.1:8000/consent', 'http://localhost:3000/'])(
  'opens %s',
  async (url) => {
    const { opened, browser } = made()
    await browser.open(url)
    expect(opened).toEqual([url])
  },
)

it.each([
  'http://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://host/share',
  'app://grantdesk/',
  '',
])('refuses %j', async (url) => {
  const { opened, browser } = made()
  await expect(browser.open(url)).rejects.toThrow(/Only https links/)
  expect(opened).toEqual([])
})
