// Procedures for attempts to connect.
import type { Parts, ProceduresOf } from './parts.ts'

export function connectProcedures({ connector }: Parts): ProceduresOf<'connect'> {
  return {
    'connect.check': async (input) => {
      await connector.check(input)
      return {}
    },
    'connect.start': (input, caller, left) => connector.start(input, caller, left),
    'connect.answer': ({ id, text }) => connector.answer(id, text),
    'connect.browse': async ({ id }) => {
      await connector.browse(id)
      return {}
    },
    'connect.cancel': async ({ id }) => {
      connector.cancel(id)
      return {}
    },
    'connect.decide': ({ id, choice }) => connector.decide(id, choice),
    'connect.dismiss': async ({ id }) => {
      connector.dismiss(id)
      return {}
    },
  }
}
