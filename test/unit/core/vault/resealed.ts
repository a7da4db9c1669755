// A closed vault's document with other records, sealed as the vault itself would seal them: what a newer version or a bug wrote.
import { parseDocument } from '../../../../core/vault/document.ts'
import { type SealedPlace, seal, sealUnder, unseal } from '../../../../core/vault/sealing.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { openVersionList } from '../../../../core/vault/version-list.ts'

type VaultPorts = Parameters<typeof openVault>[0]

/** Hands out the data key; the vault is closed afterwards. */
export async function dataKeyOf(ports: VaultPorts): Promise<Uint8Array> {
  const vault = openVault(ports)
  await vault.open()
  let lent = new Uint8Array()
  await vault.changeSlots({
    async make({ slots, key }) {
      lent = Uint8Array.from(key)
      return { slots }
    },
  })
  await vault.close()
  return lent
}

/** The document `text` with these texts as records, by their names (`kind:id`). */
export function resealed(key: Uint8Array, text: string, records: Record<string, string>): string {
  const parsed = parseDocument(JSON.parse(text))
  if ('why' in parsed) throw new Error(parsed.why)
  const { document } = parsed
  const { vaultId } = document
  const changes = Object.entries(records).map(([name, value]) => ({ name, value: seal(key, { vaultId, name }, value) }))
  const list = openVersionList(key, document)
  document.records.apply(changes)
  list.apply(changes)
  return JSON.stringify({ ...document, index: list.seal() })
}

/** A JWE as it was sealed before it named the version of the document that it was sealed for. */
export function sealedBefore(key: Uint8Array, { vaultId, name }: SealedPlace, jwe: string): string {
  return sealUnder(key, { vault: vaultId, record: name }, Buffer.from(unseal(key, { vaultId, name }, jwe)))
}
