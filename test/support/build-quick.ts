// Builds the command line that the integration tests start, before the first of them: it is never older than its sources.
import { build } from 'vite'

export async function setup(): Promise<void> {
  await build({ mode: 'quick', logLevel: 'warn' })
}
