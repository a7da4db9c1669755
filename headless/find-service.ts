// Finds the service that a word means: its id or its name.
import type { Snapshot } from '../contract/change.ts'
import type { ServiceView } from '../contract/service.ts'
import { CommandError } from './command-error.ts'
import { plainLine } from './output.ts'

export function serviceNamed({ services }: Pick<Snapshot, 'services'>, word: string): ServiceView {
  const service = services.find(({ id, name }) => id === word || name.toLowerCase() === word.toLowerCase())
  if (!service) throw new CommandError(`There is no service “${plainLine(word)}”.`, 'See “grantdesk services”.')
  return service
}
