// The five services in miniature, on loopback: something to connect to without an account, and to test against.
// Everything is in memory and gone on close. Knows nothing of the application that connects.
import { agilePlannerService } from './agile-planner/service.ts'
import { birdviewService } from './birdview/service.ts'
import type { PracticeClient } from './clients.ts'
import { type RunningService, startService } from './listener.ts'
import { planeService } from './plane/service.ts'
import { planioService } from './planio/service.ts'
import { plannrService } from './plannr/service.ts'
import type { PracticeAccount, PracticeKey, ServiceId, ServiceProfile } from './profile.ts'
import { QUIRKS_PATH } from './quirks-page.ts'
import { WEBHOOKS_PAGE, WEBHOOKS_PATH } from './webhooks-page.ts'

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
  /** The page to switch the service's quirks; append `.json` for programs. */
  quirksUrl: string
  /** The page that sends deliveries to a webhook, if the service has them. */
  webhooksUrl?: string
  /** Replaces a client's secret, like the service's own page does if there is one, and returns the new secret. */
  resetClientSecret(clientId: string): string
  /** Switches these quirks on and all others back to the service's usual ones. Throws for one that it does not have. */
  setQuirks(ids: string[]): void
}

export interface Practice {
  services: PracticeService[]
  close(): Promise<void>
}

export interface PracticeOptions {
  /** The first of five consecutive ports; without it each service takes any free port. */
  port?: number
  /** Like `port`, but falls back to free ports if one of these is taken. */
  preferredPort?: number
  /** Seconds, in place of each service's own. */
  lifetimes?: { accessToken?: number }
  /** Quirks to switch on or off at the start. */
  quirks?: Partial<Record<ServiceId, Record<string, boolean>>>
}

function describe(profile: ServiceProfile, running: RunningService): PracticeService {
  const { id, name, clients, accounts, apiKeys } = profile
  const { baseUrl, resetClientSecret, setQuirks } = running
  const quirksUrl = baseUrl + QUIRKS_PATH
  const webhooks = profile.pages.includes(WEBHOOKS_PAGE) ? { webhooksUrl: baseUrl + WEBHOOKS_PATH } : {}
  const keys = apiKeys ? { apiKeys } : {}
  return { id, name, baseUrl, clients, accounts, ...keys, quirksUrl, ...webhooks, resetClientSecret, setQuirks }
}

/** A fixed port, so that connections made yesterday find the practice services again. */
export const usualPort = 53_690

/** Starts all five or none: rejects with the system's error if a port is taken. */
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
