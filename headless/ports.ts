// The ports that plain Node supplies to the application. Only `serve` has practice services.
import { join } from 'node:path'
import type { Holder } from '../contract/vault.ts'
import type { Ports, PracticePort } from '../core/ports.ts'
import { realAlarm, realPause } from '../core/real-time.ts'
import { logFolder } from '../core/sealed-log/log-folder.ts'
import { fileOwnership } from '../core/vault/ownership.ts'
import { passphraseRounds } from '../core/vault/passphrase-rounds.ts'
import { systemBrowser } from './browser.ts'
import { findInstallation } from './installation.ts'
import { systemKeychain } from './keychain.ts'
import { errorLog } from './log.ts'
import { vaultDocument } from './vault-document.ts'

/** The ports of a headless host on the vault in `folder`; `showsKeychain`: whether it shows the keychain's current name. */
export function makePorts(
  kind: Exclude<Holder['host'], 'desktop'>,
  folder: string,
  showsKeychain = kind === 'serve',
): Ports {
  const clock = { now: Date.now }
  const document = vaultDocument(folder)
  const { version } = findInstallation()
  return {
    host: { kind, version, platform: process.platform, vaultFile: document.path, clipboard: false, tellsOf: [] },
    clock,
    pause: realPause,
    alarm: realAlarm,
    renews: kind === 'serve',
    notify: null,
    presence: null,
    document,
    logs: logFolder(join(folder, 'logs')),
    ownership: fileOwnership(folder, kind, clock),
    keychain: systemKeychain({ slotNameWillDo: !showsKeychain }),
    passphraseRounds,
    browser: systemBrowser(),
    clipboard: null,
    saver: null,
    fetch: globalThis.fetch,
    environment: process.env,
    systemProxy: null,
    practice: kind === 'serve' ? practicePort : null,
    log: errorLog,
  }
}

const practicePort: PracticePort = {
  async start() {
    const { startPractice, usualPort } = await import('../practice/index.ts')
    return startPractice({ preferredPort: usualPort })
  },
}
