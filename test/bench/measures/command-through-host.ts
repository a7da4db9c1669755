// `grantdesk token NAME` while a host runs: against GitHub's own command for the same thing (or bare Node where there is
// none), and with 1,000 connections against 5.
import { makeVault } from '../bench-vault.ts'
import { inTurns, type Measure, type Row } from '../measure.ts'
import { commandEnvironment, findGitHubCommand, startHost, timedBareNode, timedCommand } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'

const token = (folder: string) => timedCommand(['token', 'one'], commandEnvironment(folder))

async function againstOthers(folder: string): Promise<Row> {
  const gh = findGitHubCommand()
  const bareNode = () => timedBareNode(commandEnvironment(folder))
  const { ours, reference } = await inTurns(30, () => token(folder), gh?.time ?? bareNode, 3)
  gh?.remove()
  return {
    label: 'token NAME through a host',
    unit: 'ms',
    ours,
    reference: { label: gh ? 'gh auth token' : 'node -e 0', samples: reference },
    bound: { ratio: gh ? 1 : 1.7 },
  }
}

export const commandThroughHost: Measure = {
  name: 'command-through-host',
  about: '“grantdesk token NAME” with a host running, against “gh auth token”; with 1,000 connections, against 5',
  async take() {
    const server = await startTokenServer()
    const [few, many] = [await makeVault({ connections: 5 }, server), await makeVault({ connections: 1_000 }, server)]
    const [hostOfFew, hostOfMany] = [await startHost(few.folder), await startHost(many.folder)]
    try {
      const row = await againstOthers(few.folder)
      const { ours, reference } = await inTurns(
        30,
        () => token(many.folder),
        () => token(few.folder),
        3,
      )
      return [
        row,
        {
          label: 'token NAME through a host, 1,000 connections',
          unit: 'ms',
          ours,
          reference: { label: 'with 5', samples: reference },
          bound: { ratio: 1.1 },
        },
      ]
    } finally {
      for (const host of [hostOfFew, hostOfMany]) await host.stop()
      for (const made of [few, many]) made.remove()
      await server.close()
    }
  },
}
