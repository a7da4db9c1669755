// The least that a refresh costs which keeps what Grantdesk promises of tokens: it is written down before it is sent, and the new
// tokens are on disk before anyone sees them. No flow, no history, no other process, nothing checked: a document as large as the
// vault's, in which one record is sealed for each of the two writes. Those that wait at the same time share a write, and other work
// goes on meanwhile.
import { createCipheriv, randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const recordSize = 1024

function sealed(key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12))
  return Buffer.concat([cipher.update(randomBytes(recordSize)), cipher.final(), cipher.getAuthTag()])
}

/** Writes like `writeBare`, while other work goes on. */
async function write(path: string, bytes: Buffer): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  await file.write(bytes)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}

/** Returns a function that refreshes once with `ask`, beside the vault in `folder`. */
export async function leastRefresh(folder: string): Promise<(ask: () => Promise<void>) => Promise<void>> {
  const document = await readFile(join(folder, 'vault.json'))
  const key = randomBytes(32)
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null

  /** On disk when it returns. */
  function store(): Promise<void> {
    sealed(key).copy(document)
    next ??= running.then(() => {
      next = null
      running = write(join(folder, 'least.json'), document)
      return running
    })
    return next
  }

  return async (ask) => {
    await store()
    await ask()
    await store()
  }
}
