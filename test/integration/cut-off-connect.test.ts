// A first connect whose host is killed after the service was asked for tokens: a grant lives on there, and that is told.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { flowTitle } from '../../contract/flow/words.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let grantdesk: TestApp
beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

/** What lies on the disk while the token endpoint's answer is on its way, opened as after a kill. */
async function killedWhileAsking(): Promise<{ next: TestApp; letGo: () => void }> {
  const { disk, keychain, practice } = grantdesk.ports
  const network = slowNetwork('/oauth/token')
  const dying = await openTestApp(memoryPorts({ keychain, practice, fetch: network.fetch }, disk))
  const connecting = dying.connected('planio').catch(() => undefined)
  await network.reached()
  // Events are appended without the operation waiting for it.
  const logs = () => [...(dying.ports.disk.logs?.keys() ?? [])].join()
  await expect.poll(logs).toContain('flows')
  const { text, writes, logs: files = new Map<string, Buffer>() } = dying.ports.disk
  const left = { text, writes, logs: new Map([...files].map(([name, bytes]) => [name, Buffer.from(bytes)])) }
  const next = await openTestApp(memoryPorts({ keychain, practice }, left))
  const letGo = () => network.letGo()
  void connecting.then(() => dying.close())
  return { next, letGo }
}

it('is told after the next start, with what to do, until it is put away; and stands in the history once', async () => {
  const { next, letGo } = await killedWhileAsking()
  const cutOff = async () => (await next.call('app.snapshot', {})).attempts.filter((one) => one.state === 'failed')
  const [attempt, ...others] = await cutOff()
  expect(others).toEqual([])
  expect(attempt).toMatchObject({
    serviceId: 'planio',
    failure: {
      kind: 'cut_off',
      message: expect.stringContaining('may have granted access'),
      remedy: expect.stringMatching(/^Connect again\..*authorized applications/),
    },
  })
  const told = async () => (await next.call('history.list', { operation: 'connect', outcome: 'failed' })).entries
  expect(await told()).toHaveLength(1)
  const { flows } = await next.call('flows.list', {})
  expect(flows.map((flow) => [flowTitle(flow), flow.outcome])).toContainEqual(['Connect Planio', 'failed'])
  const { failure } = await next.call('flows.get', { id: attempt?.flowId ?? '' })
  expect(failure).toEqual(attempt?.state === 'failed' && attempt.failure)
  await next.call('connect.dismiss', { id: attempt?.id ?? '' })
  const { disk, keychain, practice } = next.ports
  await next.close()
  const later = await openTestApp(memoryPorts({ keychain, practice }, disk))
  expect((await later.call('app.snapshot', {})).attempts).toEqual([])
  await later.close()
  letGo()
})

it('is nothing to be told where the tokens were stored', async () => {
  await grantdesk.connected('planio')
  const { disk, keychain, practice } = grantdesk.ports
  const next = await openTestApp(memoryPorts({ keychain, practice }, disk))
  expect((await next.call('app.snapshot', {})).attempts).toEqual([])
  await next.close()
})

it('that failed or was cancelled stands in the history', async () => {
  await grantdesk.call('practice.start', {})
  const { clients } = await grantdesk.call('app.snapshot', {})
  const client = { id: clients.find(({ serviceId }) => serviceId === 'planio')?.id ?? '' }
  const attempt = await grantdesk.call('connect.start', {
    client,
    grantId: 'authorization_code',
    scopes: [],
    openBrowser: false,
  })
  await grantdesk.call('connect.cancel', { id: attempt.id })
  await grantdesk.settled(attempt.id)
  const { entries } = await grantdesk.call('history.list', { operation: 'connect' })
  expect(entries).toMatchObject([
    { outcome: 'failed', flowId: attempt.flowId, detail: expect.stringContaining('cancelled') },
  ])
})
