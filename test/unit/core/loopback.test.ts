// What counts as this machine, and which links are opened.
import { expect, it } from 'vitest'
import { checkLink, isLoopback } from '../../../core/loopback.ts'

it('opens https links anywhere and http links on this machine, nothing else', () => {
  expect(checkLink('https://plan.io/')).toBe('https://plan.io/')
  expect(checkLink('http://127.0.0.1:1/x')).toBe('http://127.0.0.1:1/x')
  for (const link of ['http://plan.io', 'file:///etc/passwd', 'javascript:1', 'ms-settings:x', 'nothing']) {
    expect(() => checkLink(link)).toThrow()
  }
})

it('takes the loopback addresses and the names below localhost for this machine, and nothing that looks like them', () => {
  for (const host of ['127.0.0.1', '127.9.8.7', '[::1]', 'localhost', 'app.localhost'])
    expect(isLoopback(host)).toBe(true)
  for (const host of ['128.0.0.1', '127.0.0.1.example', 'localhost.example', 'notlocalhost', '[::2]']) {
    expect(isLoopback(host)).toBe(false)
  }
})
