// The certificate authorities that are trusted: those that Node brings, and when these do not vouch for a server, also the
// system's and those of SSL_CERT_FILE and NODE_EXTRA_CA_CERTS. Reading hundreds of certificates takes a quarter of a second,
// so the second set is read only then.
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tls } from '../node-modules.ts'
import type { Log } from '../ports.ts'
import { systemCode } from '../system-code.ts'
import type { Environment } from './proxy-environment.ts'

export interface Authorities {
  /** Those that Node trusts by itself, as PEM. */
  usual(): string[]
  /** Further ones of this machine and the environment, as PEM. */
  further(): string[]
}

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/** The certificates in a PEM text; anything else is left out. */
export function certificatesIn(pem: string): string[] {
  return [...pem.matchAll(pemBlock)].map(([block]) => block).filter(isCertificate)
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.byteLength > 0
  } catch {
    return false
  }
}

/** Where the systems without `getCACertificates` (Node before 22.15) keep one file of all of them. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

export function createAuthorities(environment: Environment, log: Log): Authorities {
  let usual: string[] | null = null
  let further: string[] | null = null

  function fromFile(path: string, variable: string | null): string[] {
    try {
      return certificatesIn(readFileSync(path, 'utf8'))
    } catch (error) {
      const code = systemCode(error) || 'unknown'
      if (variable !== null) log.write('error', `The file that ${variable} names cannot be read`, { code })
      return []
    }
  }

  function fromVariable(variable: 'SSL_CERT_FILE' | 'NODE_EXTRA_CA_CERTS'): string[] | null {
    const path = environment[variable]
    return path ? fromFile(path, variable) : null
  }

  function fromSystem(): string[] {
    if (typeof tls().getCACertificates === 'function') {
      try {
        return tls().getCACertificates('system')
      } catch {
        // A runtime that has the call without a system behind it.
      }
    }
    return bundles.map((path) => fromFile(path, null)).find((found) => found.length > 0) ?? []
  }

  return {
    usual() {
      usual ??=
        typeof tls().getCACertificates === 'function' ? tls().getCACertificates('default') : [...tls().rootCertificates]
      return usual
    },
    further() {
      // As in OpenSSL, the file takes the place of the system's store.
      further ??= [...(fromVariable('SSL_CERT_FILE') ?? fromSystem()), ...(fromVariable('NODE_EXTRA_CA_CERTS') ?? [])]
      return further
    },
  }
}
