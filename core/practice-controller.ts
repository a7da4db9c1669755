// Starts and stops the practice services and registers a client at each, so that trying one takes one click.
import type { Lesson } from '../contract/lessons.ts'
import type { PracticeStatus } from '../contract/practice.ts'
import type { ClientStore } from './connections/client-store.ts'
import type { PracticePort, PracticeServices } from './ports.ts'
import { problem } from './problem.ts'

export interface PracticeController {
  status(): PracticeStatus
  start(): Promise<PracticeStatus>
  stop(): Promise<PracticeStatus>
  /** Starts them and has them fail as the lesson wants; `null`: each behaves as usual. */
  breakFor(lesson: Lesson | null): Promise<PracticeStatus>
}

export function createPracticeController(
  port: PracticePort | null,
  clients: ClientStore,
  onChange: (status: PracticeStatus) => void,
): PracticeController {
  let status: PracticeStatus = { state: 'stopped' }
  let running: PracticeServices | null = null
  let starting: Promise<PracticeStatus> | null = null

  function set(next: PracticeStatus): PracticeStatus {
    status = next
    onChange(next)
    return next
  }

  async function register(service: PracticeServices['services'][number]) {
    const {
      id,
      name,
      baseUrl,
      quirksUrl,
      webhooksUrl,
      clients: [first],
    } = service
    if (!first) throw problem('conflict', `The practice service ${name} has no client.`)
    const known = clients.views().find((client) => client.serviceId === id && client.baseUrl === baseUrl)
    const saved = await clients.savePractice({
      id: known?.id,
      name: `Practice ${name}`,
      serviceId: id,
      baseUrl,
      clientId: first.clientId,
      clientSecret: first.clientSecret ?? '',
      clientAuthentication: first.clientAuthentication,
      redirect: known?.redirect ?? { mode: 'ephemeral' },
    })
    return { serviceId: id, name, baseUrl, clientId: saved.id, quirksUrl, webhooksUrl }
  }

  async function begin(practice: PracticePort): Promise<PracticeStatus> {
    set({ state: 'starting' })
    try {
      running = await practice.start()
      const services = []
      for (const service of running.services) services.push(await register(service))
      return set({ state: 'running', services })
    } catch (error) {
      await running?.close()
      running = null
      const why = error instanceof Error ? error.message : 'The practice services did not start.'
      return set({ state: 'failed', why })
    }
  }

  function start(): Promise<PracticeStatus> {
    if (!port) throw problem('not_supported', 'This host cannot run the practice services.')
    if (status.state === 'running') return Promise.resolve(status)
    starting ??= begin(port).finally(() => {
      starting = null
    })
    return starting
  }

  return {
    status: () => status,
    start,
    async breakFor(lesson) {
      const started = await start()
      for (const one of running?.services ?? []) one.setQuirks(one.id === lesson?.serviceId ? lesson.quirks : [])
      return started
    },
    async stop() {
      await starting
      await running?.close()
      running = null
      return set({ state: 'stopped' })
    },
  }
}
