// This host's ports: Electron's keychain, clipboard and browser, electron-store's file, Node's fetch.
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  powerMonitor,
  safeStorage,
  session,
  shell,
} from 'electron'
import type { Browser, Log, Ports } from '../core/ports.ts'
import { realAlarm, realPause } from '../core/real-time.ts'
import { logFolder } from '../core/sealed-log/log-folder.ts'
import { fileOwnership } from '../core/vault/ownership.ts'
import { passphraseRounds } from '../core/vault/passphrase-rounds.ts'
import { systemBrowser } from './browser.ts'
import { secretClipboard } from './clipboard.ts'
import { fileSaver } from './file-saver.ts'
import { systemNotifier } from './notifier.ts'
import { systemPresence, tellsOf } from './presence.ts'
import { safeStorageKeychain } from './safe-storage.ts'
import { vaultDocument } from './vault-document.ts'

/** Events from the desktop. */
export interface DesktopNews {
  /** A slow keychain has answered. */
  onKeychain(): void
  /** A notification was clicked. */
  onNotice(): void
}

/** The ports for the vault in `folder`; `receive` gets addresses of an app's own scheme from the system. */
export function desktopPorts(
  folder: string,
  log: Log,
  { onKeychain, onNotice }: DesktopNews,
  receive: Browser['receive'],
): Ports {
  const { platform } = process
  const clock = { now: () => Date.now() }
  const document = vaultDocument(folder)
  return {
    host: {
      kind: 'desktop',
      version: app.getVersion(),
      platform,
      vaultFile: document.path,
      clipboard: true,
      tellsOf: tellsOf(platform),
    },
    clock,
    pause: realPause,
    alarm: realAlarm,
    renews: true,
    notify: systemNotifier(onNotice),
    presence: systemPresence(powerMonitor),
    document,
    logs: logFolder(join(folder, 'logs')),
    ownership: fileOwnership(folder, 'desktop', clock),
    keychain: safeStorageKeychain({ storage: safeStorage, platform, onLateAnswer: onKeychain }),
    passphraseRounds,
    browser: { ...systemBrowser(shell), receive },
    clipboard: secretClipboard({ clipboard, item: (parts) => new ClipboardItem(parts), platform }),
    saver: fileSaver(
      dialog,
      () => BrowserWindow.getAllWindows()[0] ?? null,
      () => app.getPath('documents'),
    ),
    fetch: globalThis.fetch,
    environment: process.env,
    // The window's own session, whose setting is the system's.
    systemProxy: (url) => session.defaultSession.resolveProxy(url),
    practice: {
      // Loaded on first use: most people connect to their own services.
      async start() {
        const { startPractice, usualPort } = await import('../practice/index.ts')
        return startPractice({ preferredPort: usualPort })
      },
    },
    log,
  }
}
