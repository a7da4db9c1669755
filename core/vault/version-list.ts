// The sealed list of each record's current version, by its authentication tag. Split into parts, each sealed by itself, so that
// a save seals only the parts of the records it changes; a sealed list of the parts' own tags keeps an older part from being put
// back. A part that cannot be trusted stays in the document as it was found until the person accepts the records as they are.
import type { VaultDocument } from './document.ts'
import { isDowngraded } from './downgrade.ts'
import { type SealingKey, seal, sealBytes, unseal } from './sealing.ts'
import { StringTable, type TableChange } from './string-table.ts'

export interface VersionList {
  /** The tag of a record's current version. */
  tagOf(name: string): string | undefined
  /** Whether the part that would list this record is damaged, missing, or not the one stored last. */
  isLost(name: string): boolean
  names(): string[]
  /** Makes these versions current; returns a function that undoes it. */
  apply(changes: TableChange[]): () => void
  /** The list as it is stored in the document. */
  seal(): StringTable
  /** Makes the lost parts anew, with these records as the current versions. */
  accept(records: StringTable): void
}

interface Part {
  tags: StringTable
  isLost: boolean
  /** Whether it differs from the part that was sealed last. */
  isChanged: boolean
}

/** Enough that a part of a large vault is small, few enough that the list of parts is small, too. */
const partCount = 64
/** The member with the list of parts; the others are numbers. */
const root = 'parts'
const sealedAs = (member: string) => `index:${member}`
/** The whole list in documents of version 2. */
const formerName = 'index'
/** The last part of a compact JWE: 16 bytes in base64url. No two ciphertexts have the same. */
const tagLength = 22

export function tagOf(jwe: string): string {
  return jwe.slice(-tagLength)
}

/** The list of a new vault. */
export function emptyVersionList(key: SealingKey, vaultId: string): StringTable {
  return new StringTable([[root, seal(key, { vaultId, name: sealedAs(root) }, '{}')]])
}

/** Opens the document's list; a document of version 1 has none and gets one of its records as they are, unless it once was of a later one. */
export function openVersionList(key: SealingKey, document: VaultDocument): VersionList {
  const { vaultId } = document
  const stored = readStored(key, document)
  const { sealed, partTags } = stored
  const parts = stored.parts
  let isRootLost = stored.isRootLost

  const partOf = (name: string) => parts[partNumber(name)] as Part

  function sealParts(): void {
    const changes = parts.flatMap((part, number): TableChange[] => {
      if (!part.isChanged || part.isLost) return []
      part.isChanged = false
      const name = String(number)
      if (part.tags.size === 0) return [{ name, value: null }]
      return [{ name, value: sealBytes(key, { vaultId, name: sealedAs(name) }, Buffer.concat(part.tags.pieces())) }]
    })
    if (changes.length === 0) return
    sealed.apply(changes)
    partTags.apply(changes.map(({ name, value }) => ({ name, value: value && tagOf(value) })))
    const text = Buffer.concat(partTags.pieces())
    sealed.apply([{ name: root, value: sealBytes(key, { vaultId, name: sealedAs(root) }, text) }])
  }

  function change(changes: TableChange[]): void {
    for (const one of changes) {
      const part = partOf(one.name)
      part.tags.apply([one])
      part.isChanged = true
    }
  }

  return {
    tagOf: (name) => partOf(name).tags.get(name),
    isLost: (name) => partOf(name).isLost,
    names: () => parts.flatMap(({ tags }) => tags.names()),
    apply(changes) {
      const before = changes.map(({ name }) => ({ name, value: partOf(name).tags.get(name) ?? null })).reverse()
      change(changes.map(({ name, value }) => ({ name, value: value && tagOf(value) })))
      return () => change(before)
    },
    seal() {
      // If the list of parts is lost, none of them can be trusted, and all stay as they were found.
      if (!isRootLost) sealParts()
      return sealed
    },
    accept(records) {
      const accepted = partsOf(tagsOf(records))
      for (const [number, part] of parts.entries()) if (part.isLost) parts[number] = accepted[number] ?? part
      isRootLost = false
    },
  }
}

interface Stored {
  parts: Part[]
  /** As it lies in the document. */
  sealed: StringTable
  /** What the list of parts says. */
  partTags: StringTable
  isRootLost: boolean
}

function readStored(key: SealingKey, document: VaultDocument): Stored {
  const { vaultId, index, records } = document
  const fresh = { sealed: new StringTable(), partTags: new StringTable(), isRootLost: false }
  const lost = { ...fresh, parts: lostParts(), isRootLost: true }
  if (isDowngraded(key, document)) return lost
  if (index === null) return { ...fresh, parts: partsOf(tagsOf(records)) }
  if (typeof index === 'string') {
    const tags = openTags(key, { vaultId, name: formerName }, index)
    return tags
      ? { ...fresh, parts: partsOf([...tags.entries()]) }
      : { ...lost, sealed: new StringTable([[root, index]]) }
  }
  const sealed = new StringTable(index.entries())
  const partTags = openTags(key, { vaultId, name: sealedAs(root) }, sealed.get(root))
  if (partTags === null) return { ...lost, sealed }
  const parts = emptyParts().map((empty, number): Part => {
    const name = String(number)
    const [jwe, tag] = [sealed.get(name), partTags.get(name)]
    if (jwe === undefined && tag === undefined) return empty
    const tags = jwe !== undefined && tagOf(jwe) === tag ? openTags(key, { vaultId, name: sealedAs(name) }, jwe) : null
    return tags ? { tags, isLost: false, isChanged: false } : { ...empty, isLost: true }
  })
  return { parts, sealed, partTags, isRootLost: false }
}

/** `null` if it cannot be opened. */
function openTags(
  key: SealingKey,
  place: { vaultId: string; name: string },
  jwe: string | undefined,
): StringTable | null {
  try {
    return jwe === undefined
      ? null
      : new StringTable(Object.entries(JSON.parse(unseal(key, place, jwe)) as Record<string, string>))
  } catch {
    return null
  }
}

function emptyParts(): Part[] {
  return Array.from({ length: partCount }, () => ({ tags: new StringTable(), isLost: false, isChanged: false }))
}

function lostParts(): Part[] {
  return emptyParts().map((part) => ({ ...part, isLost: true }))
}

function partsOf(tags: [name: string, tag: string][]): Part[] {
  const grouped = Map.groupBy(tags, ([name]) => partNumber(name))
  return emptyParts().map((_, number) => {
    const own = grouped.get(number) ?? []
    return { tags: new StringTable(own), isLost: false, isChanged: true }
  })
}

function tagsOf(records: StringTable): [name: string, tag: string][] {
  return [...records.entries()].map(([name, jwe]) => [name, tagOf(jwe)])
}

/** By the FNV-1a hash of the name's UTF-16 units. It never changes: a record listed in another part would be missing. */
function partNumber(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % partCount
}
