// A command's error for the person: a sentence, what to do next, and the exit code (1 failed, 2 wrong usage).
import type { Answer, Failure } from '../contract/failure.ts'

export class CommandError extends Error {
  readonly remedy: string | undefined
  readonly exitCode: 1 | 2

  constructor(message: string, remedy?: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.name = 'CommandError'
    this.remedy = remedy
    this.exitCode = exitCode
  }
}

/** A CommandError with exit code 2. */
export function wrongUsage(message: string, remedy?: string): CommandError {
  return new CommandError(message, remedy, 2)
}

/**
 * A Failure in the command line's words; the server's own are added where the sentence leaves them out, and with the id of
 * the client in question what gives it another secret.
 */
export function commandErrorOf(failure: Failure, knownClient?: string | null): CommandError {
  const { message, remedy } = failure
  if (failure.kind === 'not_supported' && failure.insteadGrant) {
    return new CommandError(message, `${remedy ?? ''} On the command line: --grant ${failure.insteadGrant.id}`.trim())
  }
  if (failure.kind === 'internal') return new CommandError(`${message} (incident ${failure.incident})`, remedy)
  if (failure.kind !== 'refused') return new CommandError(message, remedy)
  const pkce = failure.tryPkce?.map((way) => `--pkce ${way}`).join(' or ')
  const others = failure.tryAuthentication?.map((method) => `--client-auth ${method}`).join(' or ')
  const page = failure.page ? `That is done at ${failure.page}` : null
  const clientId = knownClient ?? failure.clientId
  const secret = failure.clientRefused && clientId ? `Replace the client’s secret: ${replacing(clientId)}` : null
  const help = [
    remedy,
    page,
    secret,
    others && `Worth trying: connect or refresh with ${others}.`,
    pkce && `Worth trying: connect with ${pkce}.`,
  ]
    .filter(Boolean)
    .join(' ')
  const said = [failure.error, failure.errorDescription].filter((words) => words && !message.includes(words))
  return new CommandError(
    said.length > 0 ? `${message} The server says: ${said.join(', ')}` : message,
    help || undefined,
  )
}

/** How to replace a client's secret. */
export function replacing(clientId: string): string {
  return `“grantdesk clients secret ${clientId}”.`
}

/** The value of an answer; throws a CommandError for a failure. `clientId`: the client that may be the cause. */
export function unwrap<T>(answer: Answer<T>, clientId?: string | null): T {
  if (!answer.ok) throw commandErrorOf(answer.failure, clientId)
  return answer.value
}
