// Memory that a host holds with 1,000 connections after it was used: looked at by callers, 200 refreshes, tokens handed out.
import { openRemoteDoor, type RemoteDoor } from '../../../core/door/remote-door.ts'
import { makeVault } from '../bench-vault.ts'
import type { Measure } from '../measure.ts'
import { residentMemory, startHost } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'

const refreshes = 200
const looks = 50

export const usualCalls = `${looks} looks, ${refreshes} refreshes`

/** Looks at everything, refreshes, and asks for tokens, as callers do. */
export async function callAsUsual(door: Pick<RemoteDoor, 'call'>, ids: string[]): Promise<void> {
  for (let look = 0; look < looks; look++) await door.call('app.snapshot', {})
  for (const id of ids.slice(0, refreshes)) await door.call('connections.refresh', { id })
  for (const id of ids.slice(0, refreshes)) await door.call('connections.token', { id })
}

export const memory: Measure = {
  name: 'memory',
  about: 'memory of a host with 1,000 connections after use',
  async take() {
    if (residentMemory(process.pid) === null) return { skipped: 'this system does not say what a process holds' }
    const server = await startTokenServer()
    const made = await makeVault({ connections: 1_000 }, server)
    const host = await startHost(made.folder)
    const door = await openRemoteDoor(made.folder)
    try {
      if (!door) throw new Error('The host does not answer.')
      await callAsUsual(door, made.ids)
      const held = residentMemory(host.child.pid ?? 0) ?? Number.NaN
      return [{ label: `after ${usualCalls}`, unit: 'MB', ours: [held], bound: { most: 200 } }]
    } finally {
      door?.close()
      await host.stop()
      made.remove()
      await server.close()
    }
  },
}
