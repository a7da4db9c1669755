// Notices a document that passes for one of an earlier version, which had no list of its records' versions, or another one: somebody who
// can write the file could take the list away like that. Everything sealed names the version it was sealed for, which cannot be
// changed without the data key. What was sealed before that is of version 1 here.
import type { VaultDocument } from './document.ts'
import { documentVersion } from './document-versions.ts'
import { checkName, type SealingKey, sealCheck, versionSealedIn } from './sealing.ts'

/** Whether something in the document was sealed for a later version than the one that its list is of. */
export function isDowngraded(key: SealingKey, document: VaultDocument): boolean {
  const { vaultId, index, check, records } = document
  if (index !== null && typeof index !== 'string') return false
  const stated = index === null ? 1 : 2
  const isLater = (name: string, jwe: string) => (versionSealedIn(key, { vaultId, name }, jwe) ?? 1) > stated
  return isLater(checkName, check) || [...records.entries()].some(([name, jwe]) => isLater(name, jwe))
}

/** The document's check, made anew if it is not bound to today's version yet. */
export function boundCheck(key: SealingKey, { vaultId, check }: VaultDocument): string {
  const version = versionSealedIn(key, { vaultId, name: checkName }, check)
  return version === documentVersion ? check : sealCheck(key, vaultId)
}
