// A vault with two connections whose document is changed on its disk while it is closed, with or without a last good copy.
import { expect } from 'vitest'
import type { LastGoodCopy } from '../../../../core/ports.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { type MemoryDocument, memoryDocument, memoryPorts } from './memory-ports.ts'
import { connection, sampleChanges, tokens } from './sample-records.ts'

export interface Stored {
  version: number
  vaultId: string
  check: string
  records: Record<string, string>
  /** The parts of the list of the records' versions by number, and the list of them. */
  index: Record<string, string>
}

/** A document with a copy that holds what the document held before its last write, or what it was made to hold. */
export function withCopy(): MemoryDocument & { copyText: string | null } {
  const document = { ...memoryDocument(), copyText: null as string | null }
  const write = document.write
  document.write = (next, old) => {
    if (old !== 'is_dropped') document.copyText = document.text
    write.call(document, next)
  }
  const lastGood: LastGoodCopy = {
    path: '/vault.copy.json',
    read: () => (document.copyText === null ? undefined : { document: JSON.parse(document.copyText), writtenAt: 1 }),
    follow() {
      document.copyText = document.text
    },
    use: () => null,
    setAside: () => '/vault.damaged.json',
  }
  return Object.assign(document, { lastGood })
}

/** A vault with two connections, closed; `change` is made to what lies on its disk. */
export async function changed(change: (stored: Stored, before: Stored) => void, { hasCopy = true } = {}) {
  const document = withCopy()
  const ports = memoryPorts({ document })
  const vault = openVault(ports)
  await vault.open()
  await vault.write([...sampleChanges, { put: 'connection', id: 'n2', value: connection('Another') }])
  await vault.write([{ put: 'tokens', id: 'n2', value: tokens('first') }])
  const before = JSON.parse(document.text ?? '') as Stored
  await vault.write([{ put: 'tokens', id: 'n2', value: tokens('second') }])
  await vault.close()
  const stored = JSON.parse(document.text ?? '') as Stored
  change(stored, before)
  document.text = JSON.stringify(stored)
  if (!hasCopy) document.copyText = null
  const again = openVault(ports)
  expect(await again.open()).toMatchObject({ state: 'open' })
  return { vault: again, document, stored }
}

/** Changes one character in the middle. */
export const damage = (jwe = '') => {
  const at = jwe.length - 40
  return `${jwe.slice(0, at)}${jwe[at] === 'A' ? 'B' : 'A'}${jwe.slice(at + 1)}`
}

/** Which member of the list holds a record: the one that another version of the record changes. */
export function partWith(stored: Stored, before: Stored): string {
  const [part] = Object.keys(stored.index).filter(
    (name) => name !== 'parts' && stored.index[name] !== before.index[name],
  )
  return part ?? ''
}
