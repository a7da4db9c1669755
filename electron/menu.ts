// The application's menu: the usual items and shortcuts. No developer tools in packaged builds.
import type { MenuItemConstructorOptions } from 'electron'

export interface MenuChoices {
  platform: NodeJS.Platform
  packaged: boolean
  lock(): void
}

/** The menu as a template for `Menu.buildFromTemplate`. */
export function menuTemplate({ platform, packaged, lock }: MenuChoices): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const inspect: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  const lockItem: MenuItemConstructorOptions = {
    id: 'lock',
    label: 'Lock the Vault',
    accelerator: 'CommandOrControl+Shift+L',
    click: lock,
  }
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [lockItem, { type: 'separator' }, mac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : inspect),
      ],
    },
    { role: 'windowMenu' },
    ...(mac ? [] : [{ role: 'help', submenu: [{ role: 'about' }] } satisfies MenuItemConstructorOptions]),
  ]
}
