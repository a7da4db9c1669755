// Certificates as a company makes them: an authority of its own, by openssl, and what it signs.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Signed {
  key: string
  certificate: string
}

export interface PrivateAuthority {
  /** PEM. */
  certificate: string
  /** The file that holds it. */
  file: string
  /**
   * A certificate for these names, such as `DNS:a.test` or `IP:127.0.0.1`; for a client, one name will do. With -1 for `days` it
   * ended yesterday.
   */
  sign(commonName: string, names?: string[], days?: number): Signed
  /** The same as PKCS #12, in base64. */
  pfx(signed: Signed, passphrase: string): string
}

/** Makes an authority with its files in `folder`. */
export function makePrivateAuthority(folder: string, name = 'Corp Root'): PrivateAuthority {
  let made = 0
  const file = join(folder, `${name.replaceAll(' ', '-')}.pem`)
  const keyFile = `${file}.key`
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', keyFile, '-out', file, '-days', '3650', '-subj', `/O=Corp/CN=${name}`)
  function pfx({ key, certificate }: Signed, passphrase: string): string {
    const args = ['pkcs12', '-export', '-passout', `pass:${passphrase}`]
    return execFileSync('openssl', args, { input: `${key}\n${certificate}` }).toString('base64')
  }

  return {
    pfx,
    certificate: readFileSync(file, 'utf8'),
    file,
    sign(commonName, names = [], days = 3650) {
      made += 1
      const at = (ending: string) => `${file}.${made}.${ending}`
      openssl('req', ...newKey, '-keyout', at('key'), '-out', at('csr'), '-subj', `/O=Corp/CN=${commonName}`)
      writeFileSync(
        at('ext'),
        names.length === 0 ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${names.join(',')}\n`,
      )
      const by = ['-CA', file, '-CAkey', keyFile, '-CAcreateserial', '-extfile', at('ext')]
      openssl('x509', '-req', '-in', at('csr'), ...by, '-out', at('pem'), '-days', String(days))
      return { key: readFileSync(at('key'), 'utf8'), certificate: readFileSync(at('pem'), 'utf8') }
    },
  }
}
