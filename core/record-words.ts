// Describes records for the person: the kind in words, and the name of what it belongs to.
import { listKind, recordsWords } from '../contract/damage.ts'

export interface NamesById {
  connection(id: string): string | null
  client(id: string): string | null
}

export interface Described {
  what: string
  name: string
}

/** `of`: whose name is shown; `null` for kinds that have an id which the person gave or can read. */
const kindWords: Record<string, { what: string; of: keyof NamesById | null } | undefined> = {
  service: { what: 'service', of: null },
  client: { what: 'client', of: 'client' },
  client_secret: { what: 'client secret', of: 'client' },
  connection: { what: 'connection', of: 'connection' },
  tokens: { what: 'tokens of the connection', of: 'connection' },
  webhook: { what: 'webhook secrets of the service', of: null },
  service_certificates: { what: 'certificates of the service', of: null },
}

/** Those without an id that tells a person anything. */
const single: Record<string, Described | undefined> = {
  settings: { what: 'settings', name: 'of this vault' },
  proxy_password: { what: 'password', name: 'for the proxy' },
  check: { what: 'check', name: 'of the vault’s key' },
  connect_intent: { what: 'note', name: 'of a connection that was being made' },
}

const slotWords: Record<string, string | undefined> = { passphrase: 'the passphrase', keychain: 'the keychain' }

/** Parts of the list are numbered from 0 in the file. */
function describePart(part: string): Described {
  return {
    what: 'list of the vault’s records',
    name: /^\d+$/.test(part) ? `(part ${Number(part) + 1} of 64)` : '(all of it)',
  }
}

/** Describes records by their names (`kind:id`); uses the name itself for unknown kinds. */
export function describeRecords(names: string[], byId: NamesById): Described[] {
  return names.map((name) => {
    const at = name.indexOf(':')
    const [kind, id] = [name.slice(0, at), name.slice(at + 1)]
    if (kind === listKind) return describePart(id)
    if (kind === 'slot') return { what: 'entry', name: `of ${slotWords[id] ?? 'a way to open the vault'}` }
    const known = single[kind]
    if (known) return known
    const words = kindWords[kind]
    return { what: words?.what ?? 'record', name: (words?.of && byId[words.of](id)) || (words ? id : name) }
  })
}

/** So many records are named; the rest are counted. */
const most = 5

/** What recovering came to, for the history. */
export function recoveredWords({
  recovered,
  unrecoverable,
}: Record<'recovered' | 'unrecoverable', Described[]>): string {
  return [
    recovered.length > 0 && `Recovered: ${recordsWords(recovered, most)}`,
    unrecoverable.length > 0 && `Still damaged: ${recordsWords(unrecoverable, most)}`,
  ]
    .filter(Boolean)
    .join('. ')
}
