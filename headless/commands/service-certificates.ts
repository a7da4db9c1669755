// `grantdesk services certificates`: shows and sets the authorities and the client certificate for one service.
import type { CertificateFacts, CertificatesInput, ClientCertificateInput } from '../../contract/certificates.ts'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { readNamedFile } from '../named-file.ts'
import { plain, plainLine, print, printJson } from '../output.ts'
import type { SecretInput, SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

interface CertificateOptions extends SecretOptions {
  /** `false` by `--no-ca`. */
  ca?: string | false
  clientCert?: string | false
  clientKey?: string
  clientPfx?: string
  json?: boolean
}

/** Shows them, after what is given was set. */
export function serviceCertificates(id: string, options: CertificateOptions): Promise<void> {
  checkOptions(options)
  return withSession(options, async ({ door, secrets }) => {
    const change = await changeFrom(options, secrets)
    const { services, damaged } = await snapshotOf(door)
    const ofService = damaged.filter((one) => one.id === id)
    noteDamaged(ofService, ['service', 'service_certificates'])
    const known = services.find((service) => service.id === id)
    if (!known) throw new CommandError(`There is no service “${plain(id)}”.`, '“grantdesk services” lists them.')
    const isChange = Object.keys(change).length > 0
    const { name, certificates } = isChange
      ? unwrap(await door.call('services.setCertificates', { id, ...change }))
      : known
    const { authorities = [], clientCertificate = null } = certificates ?? {}
    if (options.json) return printJson({ authorities, clientCertificate })
    if (authorities.length === 0) print(`Authorities of ${plainLine(name)}: none but those of this machine.`)
    for (const { from, ...facts } of authorities) {
      print(`Authority${from === 'description' ? ' (of the description)' : ''}: ${certificateWords(facts)}`)
    }
    print(
      clientCertificate ? `Client certificate: ${certificateWords(clientCertificate)}` : 'Client certificate: none.',
    )
  })
}

function certificateWords({ subject, expiresAt }: CertificateFacts): string {
  const end = expiresAt === null ? '' : `, ends on ${new Date(expiresAt).toISOString().slice(0, 10)}`
  return `${plainLine(subject)}${end}`
}

function checkOptions({ clientCert, clientKey, clientPfx }: CertificateOptions): void {
  if (clientPfx !== undefined && (clientCert || clientKey))
    throw wrongUsage('Choose one of --client-pfx and --client-cert.')
  if (clientKey !== undefined && !clientCert) throw wrongUsage('--client-key goes with --client-cert.')
}

async function changeFrom(options: CertificateOptions, secrets: SecretInput): Promise<Omit<CertificatesInput, 'id'>> {
  const { ca, clientCert, clientKey, clientPfx } = options
  return {
    ...(ca === undefined ? {} : { authorities: ca === false ? null : await readNamedFile(ca) }),
    ...(clientCert === false ? { clientCertificate: null } : {}),
    ...(clientCert ? { clientCertificate: await readPem(clientCert, clientKey ?? clientCert, secrets) } : {}),
    ...(clientPfx === undefined ? {} : { clientCertificate: await readPfx(clientPfx, secrets) }),
  }
}

async function readPem(certificate: string, key: string, secrets: SecretInput): Promise<ClientCertificateInput> {
  const [certificateText, keyText] = await Promise.all([readNamedFile(certificate), readNamedFile(key)])
  const files = { format: 'pem' as const, certificate: certificateText, key: keyText }
  return /ENCRYPTED/.test(keyText) ? { ...files, passphrase: await passphraseOf(key, secrets) } : files
}

async function readPfx(file: string, secrets: SecretInput): Promise<ClientCertificateInput> {
  const pfx = await readNamedFile(file, 'base64')
  return { format: 'pfx', pfx, passphrase: await passphraseOf(file, secrets) }
}

function passphraseOf(file: string, secrets: SecretInput): Promise<string> {
  return secrets.credential('password', `Passphrase of ${plain(file)}: `)
}
