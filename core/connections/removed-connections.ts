// Removed connections that can be restored until the host stops, even if the vault was locked meanwhile. Profile and tokens are
// kept in memory only, encrypted as in the vault; only what a list shows is readable.
import type { RemovedConnection } from '../../contract/connection.ts'
import type { Clock } from '../ports.ts'
import { ifDamaged, Problem, problem } from '../problem.ts'
import type { ApartRecords, ConnectionRecord, TokensRecord } from '../records.ts'

export interface RemovedConnections {
  /** Newest first. */
  list(): RemovedConnection[]
  /** Encrypts it now; call the returned function to list it once it is out of the vault. */
  seal(id: string, record: ConnectionRecord, tokens: TokensRecord, serviceName: string): Promise<() => void>
  /** Throws `not_found` if it cannot be restored any more. */
  open(id: string): Promise<{ record: ConnectionRecord; tokens: TokensRecord }>
  drop(id: string): void
}

interface Sealed {
  facts: RemovedConnection
  record: string
  tokens: string
}

/** Beyond this, the oldest are dropped. */
const most = 100

export function createRemovedConnections(
  records: ApartRecords,
  clock: Clock,
  onChange: (list: RemovedConnection[]) => void,
): RemovedConnections {
  const removed = new Map<string, Sealed>()
  const list = () => [...removed.values()].map(({ facts }) => facts).reverse()

  function drop(id: string): void {
    if (removed.delete(id)) onChange(list())
  }

  return {
    list,
    async seal(id, record, tokens, serviceName) {
      const { name, account, status } = record
      const sealed = {
        record: await records.sealApart('connection', id, record),
        tokens: await records.sealApart('tokens', id, tokens),
      }
      return () => {
        const revoked = status.kind === 'revoked'
        const facts = { id, name, serviceName, account: account?.name ?? null, revoked, removedAt: clock.now() }
        removed.delete(id)
        removed.set(id, { facts, ...sealed })
        for (const oldest of [...removed.keys()].slice(0, -most)) removed.delete(oldest)
        onChange(list())
      }
    },
    async open(id) {
      const sealed = removed.get(id)
      const gone = problem('not_found', 'This connection can no longer be put back.', 'Connect again.')
      if (!sealed) throw gone
      const record = await records.openApart('connection', id, sealed.record).catch(ifDamaged)
      const tokens = await records.openApart('tokens', id, sealed.tokens).catch(ifDamaged)
      if (record && tokens) return { record, tokens }
      // The vault has been replaced with another one since.
      drop(id)
      throw gone
    },
    drop,
  }
}

/** The error if a connection could not be written to the vault: it stays removed and can be restored later. */
export function notPutBack(name: string, error: unknown): unknown {
  if (!(error instanceof Problem) || error.failure.kind === 'vault_locked') return error
  return error.as({ ...error.failure, message: `“${name}” could not be put back: ${error.failure.message}` })
}
