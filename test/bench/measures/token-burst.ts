// A thousand callers at once for one token that has ended: how many token requests reach the server.
import { openRemoteDoor } from '../../../core/door/remote-door.ts'
import { type BenchVault, benchPorts, makeVault, openBareVault } from '../bench-vault.ts'
import type { Measure } from '../measure.ts'
import { startHost } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'

const callers = 1_000

/** Lets the first connection's access token be over, and leaves its refresh to those who ask. */
async function expire({ folder, ids }: BenchVault): Promise<void> {
  const vault = await openBareVault(benchPorts(folder))
  const [id = ''] = ids
  const value = await vault.read('connection', id)
  if (!value) throw new Error('The connection is not there.')
  await vault.write([{ put: 'connection', id, value: { ...value, expiresAt: Date.now() - 1_000, autoRefresh: false } }])
  await vault.close()
}

/** The token that one caller of its own got. */
async function ask({ folder, ids }: BenchVault): Promise<string> {
  const door = await openRemoteDoor(folder)
  if (!door) throw new Error('A caller was turned away.')
  try {
    const answer = await door.call('connections.token', { id: ids[0] ?? '' })
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value.accessToken
  } finally {
    door.close()
  }
}

export const tokenBurst: Measure = {
  name: 'token-burst',
  about: 'token requests caused by 1,000 callers at once for one token that has ended',
  async take() {
    const server = await startTokenServer()
    const made = await makeVault({ connections: 5 }, server)
    await expire(made)
    const host = await startHost(made.folder)
    try {
      const before = server.tokenRequests
      const answers = await Promise.allSettled(Array.from({ length: callers }, () => ask(made)))
      const tokens = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      return [
        { label: 'token requests', unit: '', ours: [server.tokenRequests - before], bound: { exactly: 1 } },
        { label: 'callers that got a token', unit: '', ours: [tokens.length], bound: { exactly: callers } },
        { label: 'different tokens among them', unit: '', ours: [new Set(tokens).size], bound: { exactly: 1 } },
      ]
    } finally {
      await host.stop()
      made.remove()
      await server.close()
    }
  },
}
