// Procedures on clients: our registrations at the services.
import { isUnderWay } from '../../contract/attempt.ts'
import { problem } from '../problem.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function clientProcedures({ clients, clientCheck, attempts, history }: Parts): ProceduresOf<'clients'> {
  return {
    'clients.save': async (input, caller) => {
      const saved = await clients.save(input)
      const { clientSecret } = input
      if (clientSecret !== undefined) {
        const what = clientSecret === '' ? 'Client secret taken from' : 'New client secret for'
        await history.note(null, { caller, operation: 'client_secret', detail: `${what} ${saved.name}` })
      }
      return saved
    },
    'clients.remove': async ({ id }) => {
      if (attempts.views().some((one) => one.clientId === id && isUnderWay(one))) {
        throw problem('conflict', 'An attempt to connect uses this client now.', 'Cancel it first.')
      }
      await clients.remove(id)
      return {}
    },
    'clients.check': ({ id }, caller) => clientCheck.check(id, caller),
  }
}
