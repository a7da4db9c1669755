// Why nothing can listen at a redirect URI on this machine, as a typed fact for the flow beside the words for the person.
import { Problem } from '../problem.ts'

export class PortProblem extends Problem {
  readonly reason: 'in_use' | 'not_permitted' | 'no_such_address'

  constructor(reason: PortProblem['reason'], message: string, remedy: string) {
    super({ kind: 'conflict', message, remedy })
    this.reason = reason
  }
}
