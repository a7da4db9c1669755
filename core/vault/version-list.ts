// The sealed list of each record's current version, by its authentication tag. Split into parts, each sealed by itself, so that
// a save seals only the parts of the records it changes; a sealed list of the parts' own tags keeps an older part from being put
// back, and says how many records each names. A part that is damaged is taken from the last good copy if that has the very part
// that was stored last; otherwise it stays in the document as it was found until the person accepts the records as they are.
import { once } from '../../contract/once.ts'
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
  /** What of the list is damaged; empty if it is whole. */
  damage(): ListDamage[]
  /** Makes these versions current; returns a function that undoes it. */
  apply(changes: TableChange[]): () => void
  /** The list as it is stored in the document. */
  seal(): StringTable
  /**
   * Makes the lost parts anew, with these records as the current versions, and these names as records that are missing; returns a
   * function that undoes it.
   */
  accept(records: StringTable, missing: string[]): () => void
}

export interface ListDamage {
  /** The part's number, or the name of the list of parts. */
  member: string
  /** Whether the last good copy had it as it was stored last: then it is written with the next save. */
  isRestored: boolean
  /** How many records it names; `null` if unknown. */
  recordCount: number | null
  /** Whether it would name this record. */
  covers(name: string): boolean
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
/** The member of the list of parts that says how many records a part names, after the tag of the part that it is about. */
const countOf = (member: string) => `${member} records`
/** The list of parts as it is sealed: its name, and its JWE. */
export function listPlace(index: StringTable): [name: string, jwe: string] {
  return [sealedAs(root), index.get(root) ?? '']
}

/** The whole list in documents of version 2. */
const formerName = 'index'
/** The last part of a compact JWE: 16 bytes in base64url. No two ciphertexts have the same. */
const tagLength = 22

/** Listed for a record that is missing and was never seen: no version of it is the current one. */
const unknownTag = 'unknown'

export function tagOf(jwe: string): string {
  return jwe.slice(-tagLength)
}

/** The list of a new vault. */
export function emptyVersionList(key: SealingKey, vaultId: string): StringTable {
  return new StringTable([[root, seal(key, { vaultId, name: sealedAs(root) }, '{}')]])
}

/**
 * Opens the document's list; a document of version 1 has none and gets one of its records as they are, unless it once was
 * of a later one. `copy` reads the last good
 * copy, and is called only if something is damaged.
 */
export function openVersionList(
  key: SealingKey,
  document: VaultDocument,
  copy: () => VaultDocument | null = () => null,
): VersionList {
  const { vaultId } = document
  const stored = readStored(key, document, copy)
  const { sealed, partTags, restored } = stored
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
    for (const { name, value } of changes) {
      const tag = value && tagOf(value)
      const count = (parts[Number(name)] as Part).tags.size
      partTags.apply([
        { name, value: tag },
        { name: countOf(name), value: tag && `${tag} ${count}` },
      ])
    }
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
    damage() {
      const found = restored.map(
        (member): ListDamage => ({ member, isRestored: true, recordCount: null, covers: () => false }),
      )
      if (isRootLost) return [...found, { member: root, isRestored: false, recordCount: null, covers: () => true }]
      const lost = parts.flatMap((part, number): ListDamage[] => {
        const covers = (name: string) => partNumber(name) === number
        return part.isLost
          ? [{ member: String(number), isRestored: false, recordCount: countIn(partTags, number), covers }]
          : []
      })
      return [...found, ...lost]
    },
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
    accept(records, missing) {
      const accepted = partsOf([...tagsOf(records), ...missing.map((name): [string, string] => [name, unknownTag])])
      const [before, wasRootLost] = [[...parts], isRootLost]
      for (const [number, part] of parts.entries()) if (part.isLost) parts[number] = accepted[number] ?? part
      isRootLost = false
      return () => {
        parts.splice(0, parts.length, ...before)
        isRootLost = wasRootLost
      }
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
  /** The members that were damaged and are taken from the copy. */
  restored: string[]
}

function readStored(key: SealingKey, document: VaultDocument, copy: () => VaultDocument | null): Stored {
  const { vaultId, index, records } = document
  const fresh = { sealed: new StringTable(), partTags: new StringTable(), isRootLost: false, restored: [] }
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
  const restored: string[] = []
  const kept = once(() => keptList(copy(), vaultId))
  const open = (member: string, jwe: string | undefined) => openTags(key, { vaultId, name: sealedAs(member) }, jwe)
  function restore(member: string, value: string | null): void {
    sealed.apply([{ name: member, value }])
    restored.push(member)
  }

  let partTags = open(root, sealed.get(root))
  if (partTags === null) {
    // An older list of parts passes only with all of its parts, which is no more than putting back an older file whole.
    const keptTags = open(root, kept()?.get(root))
    if (keptTags === null || !isListOf(keptTags, sealed)) return { ...lost, sealed }
    restore(root, kept()?.get(root) ?? null)
    partTags = keptTags
  }
  const listed = partTags
  const parts = emptyParts().map((empty, number): Part => {
    const member = String(number)
    const tag = listed.get(member)
    if (tag === undefined) {
      // Somebody brought it in.
      if (sealed.has(member)) restore(member, null)
      return empty
    }
    const isStoredLast = (jwe: string | undefined): jwe is string => jwe !== undefined && tagOf(jwe) === tag
    const own = sealed.get(member)
    const tags = isStoredLast(own) ? open(member, own) : null
    if (tags) return { tags, isLost: false, isChanged: false }
    const copied = kept()?.get(member)
    const keptTags = isStoredLast(copied) ? open(member, copied) : null
    if (!keptTags) return { ...empty, isLost: true }
    restore(member, copied ?? null)
    return { tags: keptTags, isLost: false, isChanged: false }
  })
  return { parts, sealed, partTags, isRootLost: false, restored }
}

/** The copy's list, if it is this vault's and in parts. */
function keptList(copy: VaultDocument | null, vaultId: string): StringTable | null {
  return copy?.vaultId === vaultId && copy.index instanceof StringTable ? copy.index : null
}

/** Whether the list of parts names exactly these parts. */
function isListOf(partTags: StringTable, sealed: StringTable): boolean {
  return emptyParts().every((_, number) => {
    const jwe = sealed.get(String(number))
    return partTags.get(String(number)) === (jwe === undefined ? undefined : tagOf(jwe))
  })
}

/** How many records a part names; `null` if an earlier version wrote it, which did not count. */
function countIn(partTags: StringTable, number: number): number | null {
  const [tag, count] = (partTags.get(countOf(String(number))) ?? '').split(' ')
  return count !== undefined && tag === partTags.get(String(number)) ? Number(count) : null
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
