// The five services in miniature, on loopback: something to connect to without an account, and to test against.
// Everything lives in memory and is gone on close. It knows nothing of the application that connects to it.
import { agilePlannerService } from './agile-planner/service.ts'
import { birdviewService } from './birdview/service.ts'
import type { PracticeClient } from './clients.ts'
import { type RunningService, startService } from './listener.ts'
import { planeService } from './plane/service.ts'
import { planioService } from './planio/service.ts'
import { plannrService } from './plannr/service.ts'
import type { PracticeAccount, PracticeKey, ServiceId, ServiceProfile } from './profile.ts'
import { QUIRKS_PATH } from './quirks-page.ts'

export type { PracticeClient } from './clients.ts'
export type { ServiceId } from './profile.ts'

export interface PracticeService {
  id: ServiceId
  name: string
  baseUrl: string
  clients: PracticeClient[]
  accounts: PracticeAccount[]
  /** Keys and personal tokens. */
  apiKeys?: PracticeKey[]
  /** The page that switches the service's quirks; `.json` behind it, programs do the same. */
  quirksUrl: string
  /** Replaces a client's secret, as the service's own page does where it has one, and answers the new one. */
  resetClientSecret(clientId: string): string
}

export interface Practice {
  services: PracticeService[]
  close(): Promise<void>
}

export interface PracticeOptions {
  /** The first of five ports in a row; without it each service takes any free port. */
  port?: number
  /** The same, but any free ports will do where one of these is taken. */
  preferredPort?: number
  /** Seconds, in place of each service's own. */
  lifetimes?: { accessToken?: number }
  /** Quirks to switch on or off at the start. */
  quirks?: Partial<Record<ServiceId, Record<string, boolean>>>
}

function describe(profile: ServiceProfile, running: RunningService): PracticeService {
  const { id, name, clients, accounts, apiKeys } = profile
  const { baseUrl, resetClientSecret } = running
  const quirksUrl = baseUrl + QUIRKS_PATH
  return { id, name, baseUrl, clients, accounts, ...(apiKeys ? { apiKeys } : {}), quirksUrl, resetClientSecret }
}

/** Where an application's practice services live, so that what was connected to them yesterday finds them again. */
export const usualPort = 53_690

/** Starts all five, or none: rejects with the system's error when a port is taken. */
export async function startPractice({ preferredPort, ...options }: PracticeOptions = {}): Promise<Practice> {
  if (preferredPort === undefined) return startAll(options)
  try {
    return await startAll({ ...options, port: preferredPort })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startAll(options)
  }
}

async function startAll(options: PracticeOptions): Promise<Practice> {
  const profiles = [planeService(), planioService(), plannrService(), agilePlannerService(), birdviewService()]
  const running: RunningService[] = []
  const services: PracticeService[] = []
  const close = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.close()))
  }
  try {
    for (const [index, profile] of profiles.entries()) {
      const service = await startService(profile, {
        port: options.port ? options.port + index : 0,
        accessTokenLifetime: options.lifetimes?.accessToken ?? profile.accessTokenLifetime,
        quirks: options.quirks?.[profile.id],
      })
      running.push(service)
      services.push(describe(profile, service))
    }
  } catch (error) {
    await close()
    throw error
  }
  return { services, close }
}
