// The application under the ports of plain Node, with a point at every step that leaves the process. The ports are
// wrapped from outside: what runs here is what the product runs.

import { join } from 'node:path'
import type { Attempt } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../contract/procedures.ts'
import { type App, createApp } from '../../core/app.ts'
import { type Keychain, KeychainError, type Ports } from '../../core/ports.ts'
import { realAlarm, realPause } from '../../core/real-time.ts'
import { logFolder } from '../../core/sealed-log/log-folder.ts'
import { Secret } from '../../core/secret.ts'
import { fileOwnership } from '../../core/vault/ownership.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import type { KillRun } from './messages.ts'
import { point, pointedFetch, real } from './points.ts'
import { runHeader } from './rotation-server.ts'

export class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.kind}: ${failure.message}`)
    this.failure = failure
  }
}

export interface KilledHost {
  app: App
  network: typeof fetch
  call<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>
  /** Waits until an attempt has ended. */
  ended(id: string): Promise<Attempt>
}

export const vaultOf = ({ folder }: KillRun) => join(folder, 'vault')
export const backupOf = ({ folder }: KillRun) => join(folder, 'backup.jwe')

/** The application on a run’s folder; not started yet. */
export function openHost(one: KillRun): KilledHost {
  const network = pointedFetch({ [runHeader]: one.name })
  const app = createApp(portsFor(one, network))
  const attempts = new Map<string, Attempt>()
  let changed = (): void => undefined
  app.listen((change) => {
    if (change.kind === 'attempt') attempts.set(change.attempt.id, change.attempt)
    changed()
  })
  return {
    app,
    network,
    async call(name, input) {
      const answer = await app.call(name, input, 'command')
      if (!answer.ok) throw new Refused(answer.failure)
      return answer.value as never
    },
    async ended(id) {
      for (;;) {
        const attempt = attempts.get(id)
        if (attempt && !['awaiting_redirect', 'exchanging', 'identifying'].includes(attempt.state)) return attempt
        await new Promise<void>((resolve) => {
          changed = resolve
        })
      }
    },
  }
}

function portsFor(one: KillRun, network: typeof fetch): Ports {
  const clock = { now: Date.now }
  const document = vaultDocument(vaultOf(one))
  return {
    host: {
      kind: 'serve',
      version: '0.0.0',
      platform: process.platform,
      vaultFile: document.path,
      clipboard: false,
      tellsOf: [],
    },
    clock,
    pause: realPause,
    document,
    logs: logFolder(join(vaultOf(one), 'logs')),
    ownership: fileOwnership(vaultOf(one), 'serve', clock),
    keychain: fileKeychain(join(one.folder, 'keychain')),
    // The person's browser: goes where it is sent, and back to the redirect listener.
    passphraseRounds: 1_000,
    browser: {
      open: async (url) => {
        setImmediate(() => void visit(url, network))
      },
    },
    clipboard: null,
    saver: null,
    environment: {},
    systemProxy: null,
    fetch: network,
    practice: null,
    alarm: realAlarm,
    renews: false,
    notify: null,
    presence: null,
    log: { write: () => undefined },
  }
}

async function visit(url: string, network: typeof fetch): Promise<void> {
  const answer = await network(url, { redirect: 'manual' })
  await network(answer.headers.get('location') ?? '')
}

/** A keychain is another process and does not die with the host: its file is written without points. */
function fileKeychain(file: string): Keychain {
  return {
    id: 'keyring',
    backend: async () => 'The test’s keychain',
    async seal(key) {
      point('before the keychain takes the key')
      real.writeFileSync(file, key.reveal())
      point('after the keychain took the key')
      return 'entry'
    },
    async open() {
      if (!real.existsSync(file)) throw new KeychainError('refused', 'The keychain has no such key.')
      return new Secret(real.readFileSync(file, 'utf8'))
    },
    async forget() {
      point('before the keychain forgets the key')
      real.rmSync(file, { force: true })
      point('after the keychain forgot the key')
    },
  }
}
