// What a service that names nobody leaves to the person: a name for the connection, and a path that shows whether its token
// works. Asked for at a terminal; elsewhere the options are named.
import type { ServiceView } from '../contract/service.ts'
import { note, plainLine } from './output.ts'
import { canAsk } from './prompt.ts'
import { askLine } from './typed-lines.ts'

export interface Naming {
  name?: string
  testPath?: string
}

/** `json`: a program reads what is printed, and nobody is asked. */
export async function namingFor(service: ServiceView, given: Naming, json: boolean): Promise<Naming> {
  const { name, testPath } = given
  if (service.identity.length > 0 || (name !== undefined && testPath !== undefined)) return given
  const why = `${plainLine(service.name)} does not say whose a token is`
  if (json || !canAsk()) {
    note(`${why}: --name names the connection, --test-path shows whether its token works.`)
    return given
  }
  note(`${why}.`)
  return {
    name: name ?? (await answerTo('A name for the connection (Enter for none): ')),
    testPath: testPath ?? (await answerTo('A path of its API that shows whether the token works (Enter for none): ')),
  }
}

async function answerTo(question: string): Promise<string | undefined> {
  return (await askLine(question)).trim() || undefined
}
