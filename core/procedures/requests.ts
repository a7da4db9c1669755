// Procedures that send test requests.
import type { Parts, ProceduresOf } from './parts.ts'

/** Test requests. */
export function requestProcedures({ requests }: Parts): ProceduresOf<'requests'> {
  return {
    'requests.send': (input, caller) => requests.send(input, caller),
    'requests.cancel': async ({ key }) => {
      requests.cancel(key)
      return {}
    },
  }
}
