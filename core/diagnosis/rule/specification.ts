// The section of a specification that a diagnosis refers to.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'

/** A section of an RFC: `rfc(6749, '4.1.3')`. */
export function rfc(number: number, section: string): Diagnosis['specification'] {
  return {
    name: `RFC ${number}`,
    section,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

/** A section of OpenID Connect Core 1.0; `anchor` is the section's name in the page, such as `AuthError`. */
export function openIdCore(section: string, anchor: string): Diagnosis['specification'] {
  return {
    name: 'OpenID Connect Core 1.0',
    section,
    url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  }
}
