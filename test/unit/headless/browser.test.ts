import { expect, it } from 'vitest'
import { hasDisplay, openerFor, systemBrowser } from '../../../headless/browser.ts'

it('opens web addresses only', async () => {
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x']) {
    await expect(systemBrowser().open(address)).rejects.toThrow('Only web addresses')
  }
})

it('passes the address as one argument to a program, on every system', () => {
  const address = 'https://a.example/?x=1&y=$(touch z)"\''
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, ...parameters] = openerFor(address, platform)
    expect(parameters.filter((parameter) => parameter === address)).toHaveLength(1)
    expect(program).not.toMatch(/^(cmd|sh|bash|powershell)/)
  }
})

it('knows a machine without a display', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
  expect(hasDisplay({ SSH_CONNECTION: '::1 1 ::1 22' }, 'darwin')).toBe(false)
})
