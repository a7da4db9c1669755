// A door that notes what the person does through it: every call of the window is somebody's click or key.
import type { Door } from '../../contract/caller.ts'
import { type Operation, operationOf } from './started-flows.ts'

/** The same door; `note` is told of each operation on a connection before it is called. */
export function notingDoor(door: Door, note: (operation: Operation) => void): Door {
  return {
    call: (name, input) => {
      const operation = operationOf(name, input)
      if (operation !== null) note(operation)
      return door.call(name, input)
    },
    listen: (onChange) => door.listen(onChange),
  }
}
