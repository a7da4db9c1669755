// The Chromium that stands in for the person's browser, and the quiet way to start it: no calls home, no sandbox for root.
import { existsSync } from 'node:fs'
import { findProgram } from './programs.ts'

/** Chromium's executable, or `null` where there is none. */
export function findChromium(): string | null {
  const { CHROMIUM } = process.env
  if (CHROMIUM && existsSync(CHROMIUM)) return CHROMIUM
  return ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((path) => path !== null) ?? null
}

export const quietChromium = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
