// Unlocking and listing 1,000 connections against 10: as a person does it, with the passphrase at the door. What the
// passphrase costs by design is on both sides, and is most of what a person waits for.
import { rmSync } from 'node:fs'
import { type BenchVault, benchPorts, makeVault, type OpenApp, openApp, passphrase } from '../bench-vault.ts'
import { inTurns, type Measure, timed } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'

async function unlockAndList({ call }: OpenApp): Promise<number> {
  await call('vault.lock', {})
  return timed(async () => {
    await call('vault.unlock', { passphrase })
    await call('app.snapshot', {})
  })
}

async function openOn({ folder }: BenchVault): Promise<OpenApp> {
  const opened = await openApp(benchPorts(folder))
  await opened.call('vault.unlock', { passphrase })
  return opened
}

export const unlock: Measure = {
  name: 'unlock',
  about: 'unlock and list with 1,000 connections, against 10',
  async take() {
    const server = await startTokenServer()
    const [many, few] = [
      await makeVault({ connections: 1_000, flows: 300 }, server),
      await makeVault({ connections: 10 }, server),
    ]
    const [ofMany, ofFew] = [await openOn(many), await openOn(few)]
    const { ours, reference } = await inTurns(
      12,
      () => unlockAndList(ofMany),
      () => unlockAndList(ofFew),
    )
    for (const { app } of [ofMany, ofFew]) await app.close()
    for (const { folder } of [many, few]) rmSync(folder, { recursive: true, force: true })
    await server.close()
    const with10 = { label: 'with 10', samples: reference }
    return [
      {
        label: 'unlock by passphrase and list, 1,000 connections and 300 flows',
        unit: 'ms',
        ours,
        reference: with10,
        bound: { ratio: 2 },
      },
    ]
  },
}
