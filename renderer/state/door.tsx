// The door as components reach it. Owns the context; knows no transport.
import { createContext, type ReactNode, useContext } from 'react'
import type { Door } from '../../contract/caller.ts'

const DoorContext = createContext<Door | null>(null)

export function DoorProvider({ door, children }: { door: Door; children: ReactNode }) {
  return <DoorContext value={door}>{children}</DoorContext>
}

/** The way to the host. Throws outside `<DoorProvider>`. */
export function useDoor(): Door {
  const door = useContext(DoorContext)
  if (!door) throw new Error('useDoor needs a DoorProvider above it')
  return door
}
