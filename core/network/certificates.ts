// Reads certificates and keys that a person gives, checks that they fit together, and says whose they are.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { SecureContext } from 'node:tls'
import type { CertificateFacts, ClientCertificateInput } from '../../contract/certificates.ts'
import { tls } from '../node-modules.ts'
import { invalid } from '../problem.ts'
import { Secret } from '../secret.ts'
import { certificatesIn } from './authorities.ts'

/** As it is stored. A PEM key has no passphrase any more; a PFX file stays as it is. */
export type ClientKey =
  | { format: 'pem'; certificate: string; key: Secret }
  | { format: 'pfx'; pfx: Secret; passphrase: Secret }

/** The facts of every certificate in a PEM text. */
export function certificateFacts(pem: string): CertificateFacts[] {
  return certificatesIn(pem).map((one) => factsOf(new X509Certificate(one)))
}

function factsOf({ subject, issuer, validTo }: X509Certificate): CertificateFacts {
  const expiresAt = Date.parse(validTo)
  return { subject: oneLine(subject), issuer: oneLine(issuer), expiresAt: Number.isNaN(expiresAt) ? null : expiresAt }
}

/** Node writes one part of a name a line. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).reverse().join(', ') || 'no name'
}

/** Throws `invalid_input` unless the text is certificate authorities in PEM. */
export function checkAuthorities(pem: string, path = 'certificateAuthorities'): void {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw invalid(path, 'This holds a private key, which an authority never hands out.', 'Give its certificate alone.')
  }
  const found = certificatesIn(pem)
  if (found.length === 0) {
    throw invalid(
      path,
      'This holds no certificate that can be read.',
      'Give it as PEM: the text that begins with -----BEGIN CERTIFICATE-----.',
    )
  }
  const other = found.map((one) => new X509Certificate(one)).find((one) => !one.ca && one.subject !== one.issuer)
  if (other) {
    throw invalid(
      path,
      `The certificate of ${oneLine(other.subject)} is not an authority’s.`,
      'Give the certificate of the authority that signed the server’s.',
    )
  }
}

/** Throws `invalid_input` unless certificate and key can be read and fit together. */
export function readClientCertificate(input: ClientCertificateInput): { key: ClientKey; facts: CertificateFacts } {
  return input.format === 'pem' ? readPem(input) : readPfx(input)
}

function readPem({ certificate, key, passphrase }: Extract<ClientCertificateInput, { format: 'pem' }>) {
  const chain = certificatesIn(certificate)
  const [first] = chain
  if (first === undefined) {
    throw invalid(
      'clientCertificate',
      'This holds no certificate that can be read.',
      'Give it as PEM: the text that begins with -----BEGIN CERTIFICATE-----.',
    )
  }
  const own = new X509Certificate(first)
  const privateKey = openKey(key, passphrase)
  if (!own.checkPrivateKey(privateKey)) {
    throw invalid(
      'clientCertificate',
      'The private key is not the certificate’s.',
      'Give the two that belong together.',
    )
  }
  const text = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const stored: ClientKey = { format: 'pem', certificate: chain.join('\n'), key: new Secret(text) }
  return { key: stored, facts: factsOf(own) }
}

function openKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) })
  } catch {
    const encrypted = /ENCRYPTED/.test(pem)
    throw invalid(
      'clientCertificate',
      encrypted ? 'The private key does not open.' : 'The private key cannot be read.',
      encrypted ? 'Give its passphrase.' : 'Give it as PEM: the text that begins with -----BEGIN PRIVATE KEY-----.',
    )
  }
}

function readPfx({ pfx, passphrase = '' }: Extract<ClientCertificateInput, { format: 'pfx' }>) {
  const context = openPfx(pfx, passphrase)
  const stored: ClientKey = { format: 'pfx', pfx: new Secret(pfx), passphrase: new Secret(passphrase) }
  return { key: stored, facts: pfxFacts(context) }
}

function openPfx(pfx: string, passphrase: string): SecureContext {
  try {
    return tls().createSecureContext({ pfx: Buffer.from(pfx, 'base64'), passphrase })
  } catch (error) {
    const words = error instanceof Error ? error.message : ''
    if (/unsupported/i.test(words)) {
      throw invalid(
        'clientCertificate',
        'The PFX file is sealed by a method that is no longer supported.',
        'Write it anew: openssl pkcs12 -legacy -in old.pfx -nodes | openssl pkcs12 -export -out new.pfx',
      )
    }
    throw invalid(
      'clientCertificate',
      'The PFX file does not open.',
      'Check its passphrase, and that it is a PKCS #12 file.',
    )
  }
}

/** Node tells no PFX file's contents but through a context's own handle. */
function pfxFacts({ context }: SecureContext): CertificateFacts {
  const handle = context as { getCertificate?: () => Buffer | null }
  const certificate = handle.getCertificate?.()
  return certificate ? factsOf(new X509Certificate(certificate)) : { subject: 'PFX file', issuer: '', expiresAt: null }
}

/** What is stored of a client certificate, for a TLS context. */
export function clientCertificateOptions(key: ClientKey): {
  cert?: string
  key?: string
  pfx?: Buffer
  passphrase?: string
} {
  return key.format === 'pem'
    ? { cert: key.certificate, key: key.key.reveal() }
    : { pfx: Buffer.from(key.pfx.reveal(), 'base64'), passphrase: key.passphrase.reveal() }
}
