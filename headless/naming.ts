// For a service whose API does not identify the account: asks for the connection's name and for a path to test the token with.
// Without a terminal, prints the options that take them.
import type { ServiceView } from '../contract/service.ts'
import { note, plainLine } from './output.ts'
import { canAsk } from './prompt.ts'
import { askLine } from './typed-lines.ts'

export interface Naming {
  name?: string
  testPath?: string
}

/** Completes `given`. With `json` a program reads the output, so nothing is asked. */
export async function askNaming(service: ServiceView, given: Naming, json: boolean): Promise<Naming> {
  const { name, testPath } = given
  if (service.identity.length > 0 || (name !== undefined && testPath !== undefined)) return given
  const why = `${plainLine(service.name)} does not say whose a token is`
  if (json || !canAsk()) {
    note(`${why}: --name names the connection, --test-path shows whether its token works.`)
    return given
  }
  note(`${why}.`)
  return {
    name: name ?? (await askOptional('A name for the connection (Enter for none): ')),
    testPath:
      testPath ?? (await askOptional('A path of its API that shows whether the token works (Enter for none): ')),
  }
}

async function askOptional(question: string): Promise<string | undefined> {
  return (await askLine(question)).trim() || undefined
}
