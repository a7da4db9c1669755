import type { MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import { menuTemplate } from '../../../electron/menu.ts'

function roles(items: MenuItemConstructorOptions[]): string[] {
  return items.flatMap((item) => [
    ...(item.role ? [item.role] : []),
    ...(Array.isArray(item.submenu) ? roles(item.submenu) : []),
  ])
}

const lock = () => undefined

it('offers developer tools while it is built, and not in what is shipped', () => {
  expect(roles(menuTemplate({ platform: 'linux', packaged: false, lock }))).toContain('toggleDevTools')
  expect(roles(menuTemplate({ platform: 'linux', packaged: true, lock }))).not.toContain('toggleDevTools')
  expect(roles(menuTemplate({ platform: 'darwin', packaged: true, lock }))).not.toContain('reload')
})

it('has the editing keys on every platform', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(roles(menuTemplate({ platform, packaged: true, lock }))).toContain('editMenu')
  }
})
