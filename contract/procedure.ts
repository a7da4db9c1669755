// A procedure of the door: its input and its output.
import type { z } from 'zod'
import { once } from './once.ts'

/** A procedure's schemas, made when it is first called. */
export function procedure<Input extends z.ZodType, Output extends z.ZodType>(schemas: () => readonly [Input, Output]) {
  const made = once(schemas)
  return {
    get input(): Input {
      return made()[0]
    },
    get output(): Output {
      return made()[1]
    },
  }
}
