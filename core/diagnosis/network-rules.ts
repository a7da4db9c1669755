// The rules about what stands between Grantdesk and a server.
import type { Rule } from './rule/rule.ts'
import { answerNotHttp } from './rules/answer-not-http.ts'
import { captivePortal } from './rules/captive-portal.ts'
import { certificateAuthorityUnknown } from './rules/certificate-authority-unknown.ts'
import { certificateExpired } from './rules/certificate-expired.ts'
import { certificateNotYetValid } from './rules/certificate-not-yet-valid.ts'
import { certificateSelfSigned } from './rules/certificate-self-signed.ts'
import { certificateWrongName } from './rules/certificate-wrong-name.ts'
import { clientCertificateWanted } from './rules/client-certificate-wanted.ts'
import { connectionRefused } from './rules/connection-refused.ts'
import { connectionReset } from './rules/connection-reset.ts'
import { nameLookupFailed } from './rules/name-lookup-failed.ts'
import { nameUnknown } from './rules/name-unknown.ts'
import { networkUnreachable } from './rules/network-unreachable.ts'
import { noAnswerInTime } from './rules/no-answer-in-time.ts'
import { proxyCertificate } from './rules/proxy-certificate.ts'
import { proxyFailed } from './rules/proxy-failed.ts'
import { proxyIsNone } from './rules/proxy-is-none.ts'
import { proxyNeeded } from './rules/proxy-needed.ts'
import { proxyRefuses } from './rules/proxy-refuses.ts'
import { proxySignIn } from './rules/proxy-sign-in.ts'
import { proxyUnknownName } from './rules/proxy-unknown-name.ts'
import { proxyUnreachable } from './rules/proxy-unreachable.ts'
import { proxyUnusable } from './rules/proxy-unusable.ts'
import { tlsNotSpoken } from './rules/tls-not-spoken.ts'
import { tlsTooOld } from './rules/tls-too-old.ts'

export const networkRules: Record<string, Rule> = {
  // The network, names and connections.
  'proxy-needed': proxyNeeded,
  'name-unknown': nameUnknown,
  'name-lookup-failed': nameLookupFailed,
  'connection-refused': connectionRefused,
  'connection-reset': connectionReset,
  'network-unreachable': networkUnreachable,
  'no-answer-in-time': noAnswerInTime,
  'answer-not-http': answerNotHttp,
  'captive-portal': captivePortal,
  // Proxies.
  'proxy-unreachable': proxyUnreachable,
  'proxy-sign-in': proxySignIn,
  'proxy-refuses': proxyRefuses,
  'proxy-is-none': proxyIsNone,
  'proxy-unknown-name': proxyUnknownName,
  'proxy-certificate': proxyCertificate,
  'proxy-unusable': proxyUnusable,
  'proxy-failed': proxyFailed,
  // TLS and certificates.
  'tls-not-spoken': tlsNotSpoken,
  'tls-too-old': tlsTooOld,
  'certificate-self-signed': certificateSelfSigned,
  'certificate-authority-unknown': certificateAuthorityUnknown,
  'certificate-expired': certificateExpired,
  'certificate-not-yet-valid': certificateNotYetValid,
  'certificate-wrong-name': certificateWrongName,
  'client-certificate-wanted': clientCertificateWanted,
}
