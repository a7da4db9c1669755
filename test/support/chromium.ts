// The Chromium that stands in for the person's browser, and the quiet way to start it: no calls home, no sandbox for root.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { findProgram } from './programs.ts'

/** Chromium's executable, or `null` where there is none. */
export function findChromium(): string | null {
  const { CHROMIUM } = process.env
  if (CHROMIUM && existsSync(CHROMIUM)) return CHROMIUM
  return ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((path) => path !== null) ?? null
}

/**
 * What draws pages in tests. Debian's Chromium without its own windows draws them with two thirds of the CPU time; the whole
 * Chromium does where that is absent.
 */
export function findPageRenderer(): string | null {
  return findProgram('chromium-headless-shell') ?? findChromium()
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

/** Whether there is a Chromium now; installs Debian's where there is none and it may be. */
export function ensureChromium(): boolean {
  return findChromium() !== null || ensureDebianPackages(['chromium'])
}

/** A Chromium that reaches this machine alone: pages that others wrote ask for fonts far away. */
export function openChromium(): Promise<Browser> {
  const loopbackAlone = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost , EXCLUDE ::1'
  return chromium.launch({ executablePath: findPageRenderer() ?? undefined, args: [...quietChromium, loopbackAlone] })
}

let shared: Promise<Browser> | null = null

/** The Chromium of this worker, which all its files of tests share, each with contexts of its own; it ends with the worker. */
export function sharedChromium(): Promise<Browser> {
  shared ??= openChromium()
  return shared
}
