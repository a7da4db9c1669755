// Programs that a test starts: ended by their own process, waited for, never left behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { longestWait } from './longest-wait.ts'

/** Starts a program; `extra` asks for a fourth pipe, file descriptor 3. */
export function startProgram(file: string, args: string[], env: NodeJS.ProcessEnv, extra = false): ChildProcess {
  const stdio = ['pipe', 'pipe', 'ignore', ...(extra ? ['pipe'] : [])] as ('pipe' | 'ignore')[]
  return spawn(file, args, { env, stdio })
}

export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  child.kill()
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await closed
  clearTimeout(timer)
}

/** The first line that a program writes. */
export async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    const end = text.indexOf('\n')
    if (end >= 0) return text.slice(0, end)
  }
  throw new Error('The program ended without a word.')
}

/** Waits until `check` holds, looking again every 50 ms. */
export async function until(
  check: () => boolean | Promise<boolean>,
  what: string,
  timeout = longestWait,
): Promise<void> {
  const end = performance.now() + timeout
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
