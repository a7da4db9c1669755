// The kinds of text in a service's description, with their limits.
import { z } from 'zod'

/** Text that is safe to display: no control characters, no bidirectional overrides. */
export const lines = z
  .string()
  .regex(/^(?:[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\n\r\t])*$/u, 'no control characters')
export const line = z
  .string()
  .regex(/^[^\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u, 'one line without control characters')

export const pairs = z.record(z.string(), z.string())

/** A token of RFC 9110 §5.6.2. */
export const headerName = z
  .string()
  .max(60)
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'a header name')

/** Dotted paths into a JSON answer, such as `user.mail` or `data.0.account.uuid`; several are tried in order. */
export const jsonPaths = z.array(z.string().min(1))
