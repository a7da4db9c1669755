// Procedures that send test requests.
import type { Parts, ProceduresOf } from './parts.ts'

export function requestProcedures({ requests, savePieces }: Parts): ProceduresOf<'requests'> {
  return {
    'requests.send': (input, caller) => requests.send(input, caller),
    'requests.read': (input) => requests.read(input),
    'requests.save': async ({ key, fileName }, caller) => ({
      savedAs: await savePieces({ fileName, pieces: requests.pieces(key) }, caller),
    }),
    'requests.cancel': async ({ key }) => {
      requests.cancel(key)
      return {}
    },
  }
}
