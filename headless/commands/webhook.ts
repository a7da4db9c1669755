// `grantdesk webhook verify`: checks if a webhook's body was signed by the service, with the secret that is given or else with
// the stored ones. The raw body is read from a file, or from standard input after the secrets.
import { readFile } from 'node:fs/promises'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { serviceNamed } from '../find-service.ts'
import { plainLine, print } from '../output.ts'
import { canAsk } from '../prompt.ts'
import type { SecretInput, SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { takeArgument, takeSecret } from '../taken-values.ts'

interface WebhookOptions extends SecretOptions {
  signature: string
  dataFile?: string
}

export function verifyWebhook(word: string, options: WebhookOptions): Promise<void> {
  if (options.dataFile === undefined && canAsk()) {
    throw wrongUsage('The body is needed, as it came.', 'Give it on standard input or by --data-file.')
  }
  return withSession(options, async ({ door, secrets }) => {
    const snapshot = await snapshotOf(door)
    const service = serviceNamed(snapshot, word)
    const stored = snapshot.webhooks.find(({ serviceId }) => serviceId === service.id)?.secrets ?? []
    const isGiven = options.secretStdin === true || options.secretFd !== undefined
    const secret = isGiven || stored.length === 0 ? await askedSecret(secrets) : undefined
    const body = await bodyFrom(options.dataFile, secrets)
    const signature = takeArgument('id', options.signature, '--signature')
    const { fits } = unwrap(await door.call('services.checkSignature', { id: service.id, signature, secret, body }))
    if (fits) return print(`The signature fits: ${plainLine(service.name)} sent this body.`)
    throw new CommandError(
      secret === undefined
        ? 'The signature does not fit this body and any of the stored secrets.'
        : 'The signature does not fit this body and this secret.',
      'Check that the body is the raw one, byte for byte, and that the secret is that of this webhook.',
    )
  })
}

async function askedSecret(secrets: SecretInput): Promise<string> {
  const given = await secrets.credential('secret', 'Secret of the webhook: ')
  return takeSecret('webhook_secret', given, 'secret of the webhook')
}

async function bodyFrom(file: string | undefined, secrets: SecretInput): Promise<string> {
  if (file === undefined) return (await secrets.after(0)).rest()
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new CommandError(`“${plainLine(file)}” cannot be read.`)
  }
}
