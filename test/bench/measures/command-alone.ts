// `grantdesk token NAME` where no host runs, for a vault that the system's keychain opens, against bare Node. A session of
// its own with the real gnome-keyring; what is timed there is in keyring-commands.ts.
import { join } from 'node:path'
import { keyringSession, secretServiceInstalled } from '../../integration/keyring-session.ts'
import type { Measure } from '../measure.ts'

const program = join(import.meta.dirname, '../keyring-commands.ts')

export const commandAlone: Measure = {
  name: 'command-alone',
  about: '“grantdesk token NAME” alone, with a keychain, against “node -e 0”',
  async take() {
    if (!secretServiceInstalled()) return { skipped: 'no gnome-keyring, dbus-run-session or dbus-send here' }
    const session = keyringSession()
    try {
      const samples = JSON.parse(await session.run('unlocked', program))
      return [
        {
          label: 'token NAME alone, keychain',
          unit: 'ms',
          ours: samples.ours,
          reference: { label: 'node -e 0', samples: samples.reference },
          bound: { ratio: 4 },
        },
      ]
    } finally {
      session.remove()
    }
  },
}
