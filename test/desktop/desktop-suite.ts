// A suite that runs on a real Electron, or is reported as skipped with the reason in its name.
import { describe } from 'vitest'
import { desktopRuntime } from './runtime.ts'

/** `body` is called with the runtime's executable. */
export function describeDesktop(name: string, body: (executable: string) => void): void {
  const runtime = desktopRuntime()
  if ('executable' in runtime) describe(name, () => body(runtime.executable))
  else describe.skip(`${name} (skipped: ${runtime.skipped})`, () => body(''))
}
