// Waits for a process that was started to listen at its port, and tells what it wrote where it ends instead.
import type { ChildProcess } from 'node:child_process'
import { connect } from 'node:net'

/** `child`'s standard error has to be a pipe. */
export async function untilItListens(child: ChildProcess, port: number, name: string): Promise<void> {
  let words = ''
  child.stderr?.on('data', (part: Buffer) => {
    words = (words + part).slice(-2_000)
  })
  while (child.exitCode === null) {
    const listens = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (listens) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${name} did not start: ${words}`)
}
