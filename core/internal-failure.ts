// Reports a bug of ours: the person gets an incident number, the log has the same number and the places in the code.
import { randomBytes } from 'node:crypto'
import type { Failure } from '../contract/failure.ts'
import type { Log } from './ports.ts'

/** The stack trace without the error's message, which may quote secrets. */
function places(error: Error): string {
  const { stack = '', message } = error
  const start = stack.indexOf(message)
  // A multi-line message may look like stack frames: if it is not right after the name, log nothing.
  if (start < 0 || !/^[\w$.]+(?: \[\w+\])?(?:: )?$/.test(stack.slice(0, start))) return ''
  const lines = stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
  return lines.slice(0, 6).join(' ').replace(/\s+/g, ' ').trim()
}

export function internalFailure(error: unknown, log: Log): Failure {
  const incident = randomBytes(4).toString('hex')
  const name = error instanceof Error ? error.name : typeof error
  log.write('error', 'internal failure', { incident, name, at: error instanceof Error ? places(error) : '' })
  return {
    kind: 'internal',
    message: 'Something went wrong inside Grantdesk.',
    remedy: `Incident ${incident} stands in the log.`,
    incident,
  }
}
