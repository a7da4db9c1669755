// `grantdesk practice`: the practice services in the foreground. Loads neither the vault nor the application.
import type { Practice, PracticeService } from '../../practice/index.ts'
import { CommandError } from '../command-error.ts'
import { untilInterrupted } from '../interruption.ts'
import { print, printJson } from '../output.ts'
import { paint } from '../table.ts'

const services = 5

/** Runs until it is interrupted. */
export async function practise({ port, json }: { port: number; json?: boolean }): Promise<void> {
  const { startPractice } = await import('../../practice/index.ts')
  const practice = await startPractice(port === 0 ? {} : { port }).catch((error: NodeJS.ErrnoException): Practice => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'ERR_SOCKET_BAD_PORT') throw error
    throw new CommandError(
      `The ports ${port} to ${port + services - 1} are not all free.`,
      'Choose another with --port.',
    )
  })
  try {
    // Before the first line: a reader of it may stop us at once.
    const interrupted = untilInterrupted()
    if (json) printJson({ services: practice.services })
    else describe(practice.services)
    await interrupted
  } finally {
    await practice.close()
  }
}

function describe(running: PracticeService[]): void {
  print('The practice services run on this machine. Their secrets are worth nothing elsewhere.\n')
  for (const { id, name, baseUrl, clients } of running) {
    print(`${paint(name, 'bold')}  ${baseUrl}`)
    for (const client of clients) {
      print(`  client ${client.clientId}  secret ${client.clientSecret ?? 'none'}  (${client.name})`)
    }
    const [first] = clients
    if (first) print(`  grantdesk connect ${id} --base-url ${baseUrl} --client-id ${first.clientId}`)
    print('')
  }
  print('Ctrl-C stops them.')
}
