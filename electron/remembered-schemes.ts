// Remembers which schemes the system was told to hand to this app, so that those of an app that was killed are taken back at the
// next start.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { appSchemeOf } from '../contract/redirect-uri.ts'
import type { SchemeRegistration } from './app-addresses.ts'

export interface RememberedSchemes extends SchemeRegistration {
  /** Takes back what an earlier start left. */
  releaseLeft(): Promise<void>
}

/** They are kept in `folder`/schemes.json. */
export function rememberedSchemes(folder: string, registration: SchemeRegistration): RememberedSchemes {
  const file = join(folder, 'schemes.json')

  function known(): string[] {
    try {
      const schemes = z.array(z.string().max(200)).parse(JSON.parse(readFileSync(file, 'utf8')))
      return schemes.filter((scheme) => appSchemeOf(`${scheme}:/`) === scheme)
    } catch {
      return []
    }
  }

  function remember(schemes: string[]): void {
    const fresh = `${file}.new`
    writeFileSync(fresh, JSON.stringify(schemes), { mode: 0o600 })
    renameSync(fresh, file)
  }

  async function release(scheme: string): Promise<void> {
    await registration.release(scheme)
    remember(known().filter((one) => one !== scheme))
  }

  return {
    async register(scheme) {
      const before = known()
      remember([...new Set([...before, scheme])])
      const why = await registration.register(scheme)
      if (why !== null) remember(before)
      return why
    },
    release,
    async releaseLeft() {
      for (const scheme of known()) await release(scheme)
    },
  }
}
