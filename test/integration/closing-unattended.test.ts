// Locking and quitting while an attempt is about to ask the person something: nobody will answer it, so nobody may wait.
import { expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import { buildFuzzedApp } from '../support/fuzz/fuzzed-app.ts'

it.each(['vault.lock', 'close'] as const)(
  'does not wait at %s for a person who is to say whose tokens have just come, and keeps them',
  async (how) => {
    const fuzzed = await buildFuzzedApp(1)
    const { app, known, ports, keychain } = await fuzzed.open()
    const [, , reconnect = ''] = fuzzed.connections
    const attempts: Attempt[] = []
    app.listen((change) => void (change.kind === 'attempt' && attempts.push(change.attempt)))
    const gate = Promise.withResolvers<void>()
    Object.assign(fuzzed.service, { account: 'somebody else', gate: gate.promise })
    const input = { client: { id: known.clients[0] }, grantId: 'password', scopes: [], username: 'ada', password: 'pw' }
    expect((await app.call('connect.start', { ...input, reconnect }, 'window')).ok).toBe(true)
    await expect.poll(() => attempts.at(-1)?.state).toBe('identifying')
    const before = fuzzed.service.issued.size
    const ending = how === 'close' ? app.close() : app.call('vault.lock', {}, 'window')
    gate.resolve()
    await ending
    if (how === 'vault.lock') await app.close()
    const again = await fuzzed.open(ports.disk, keychain)
    const held = again.known.connections.map((id) =>
      again.app.call('connections.reveal', { id, what: 'access_token' }, 'window'),
    )
    expect(JSON.stringify(await Promise.all(held))).toContain([...fuzzed.service.issued][before - 2])
    await again.app.close()
  },
)
