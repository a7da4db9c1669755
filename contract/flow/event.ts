// An event of a flow: a union of facts, in the RFCs' terms. words.ts turns them into sentences, so no code has to parse
// a sentence to learn what happened. Secrets have been removed from every text before.
import { z } from 'zod'
import { lazyUnion } from '../lazy-schema.ts'
import { pkceSchema } from '../service.ts'
import { checkFacts } from './check.ts'
import { decisionSchema } from './decision.ts'
import { exchangeFacts, exchangeFailureSchema, recordedRequestSchema } from './exchange.ts'
import { optionalFact } from './fact.ts'
import { legacyStepFacts } from './legacy-step.ts'
import { refreshFailureSchema } from './second-try.ts'

/** An event replaces an earlier one with the same id. */
const common = () => ({
  id: z.string(),
  /** When it began (ms since the epoch). */
  at: z.number(),
  /** Whose event it is, if not Grantdesk's: in an imported flow, another program stands where Grantdesk would. */
  by: z.literal('other_program').optional(),
})

const parametersSchema = z.array(z.tuple([z.string(), z.string()]))

/** The limit (characters) for texts from a server or a person. */
export const longestFact = 500

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one schema, no steps
export const flowEventSchema = lazyUnion('kind', () => [
  z.object({ kind: z.literal('exchange'), ...common(), ...exchangeFacts() }),

  /** The request that the browser is sent to. @see RFC 6749 §4.1.1 */
  z.object({
    kind: z.literal('authorization_request'),
    ...common(),
    endpoint: z.string(),
    parameters: parametersSchema,
    redirectUri: z.string(),
    codeChallengeMethod: pkceSchema,
    /** `by_person`: the URL was shown for the person to open. */
    opened: z.enum(['browser', 'by_person', 'failed']),
  }),

  /** The authorization response. @see RFC 6749 §4.1.2 */
  z.object({
    kind: z.literal('redirect'),
    ...common(),
    /** `app`: the system handed it over. `out_of_band`: the service showed the code. */
    via: z.enum(['listener', 'app', 'pasted', 'out_of_band']),
    parameters: parametersSchema,
    error: optionalFact(z.string()),
    errorDescription: optionalFact(z.string()),
    /** The request that the listener received. */
    request: optionalFact(recordedRequestSchema),
  }),

  z.object({ kind: z.literal('check'), ...common(), ...checkFacts() }),

  /** A request to the redirect listener that is not the authorization response: ignored. */
  z.object({
    kind: z.literal('stray_request'),
    ...common(),
    reason: z.enum([
      'host',
      'method',
      'path',
      'parameters',
      'no_state',
      'state',
      'iss',
      'no_code',
      /** An error response without the right `state`. */
      'unproven_error',
      'replay',
      /** Another answer with our `state`, after the first. */
      'second_answer',
      /** No parameters: they may stand in the fragment. */
      'empty',
      /** A POST that is no form, or too large. */
      'form',
      'unreadable',
      /** A second request on one TCP connection: each gets one response. */
      'second_on_connection',
      /** There were more, which are not recorded. */
      'too_many',
    ]),
    request: optionalFact(recordedRequestSchema),
    /** The status of our response. */
    status: optionalFact(z.number().int()),
    error: optionalFact(z.string()),
    errorDescription: optionalFact(z.string()),
  }),

  z.object({
    kind: z.literal('wait'),
    ...common(),
    for: z.enum([
      /** The browser's redirect, after the person signed in and consented. */
      'redirect',
      /** The person to paste a code or URL. */
      'code',
      /** The person to enter the user code on any device. @see RFC 8628 §3.3 */
      'device',
      /** The person's decision. */
      'decision',
      /** A pause before a retry. */
      'pause',
    ]),
    /** When it ends at the latest (ms since the epoch), if known. */
    until: optionalFact(z.number()),
    endedAt: optionalFact(z.number()),
    /** `host_ended`: Grantdesk was killed meanwhile; nobody knows when, so `endedAt` stays `null`. */
    ended: z.enum(['running', 'over', 'timed_out', 'cancelled', 'failed', 'host_ended']),
    /** For a pause: why the request before it failed, a status or a failure. */
    trouble: optionalFact(
      z.union([z.object({ kind: z.literal('status'), status: z.number().int() }), exchangeFailureSchema]),
    ),
    /** For a pause: the number of the next retry, and how many there are. */
    retry: optionalFact(z.object({ number: z.number().int(), of: z.number().int() })),
  }),

  z.object({ kind: z.literal('decision'), ...common(), decision: decisionSchema }),

  /** A static token from the service, entered by the person. */
  z.object({ kind: z.literal('token_handed_over'), ...common(), grant: z.string() }),

  /** The service has no revocation endpoint, or none for this kind of token. */
  z.object({
    kind: z.literal('revocation_not_offered'),
    ...common(),
    service: z.string(),
    /** The service's name for the token, if only its creator can revoke it. */
    token: optionalFact(z.string()),
    /** Where the person can revoke it. */
    page: optionalFact(z.string()),
  }),

  /** An API refused a token that should still be valid, so we requested another one. */
  z.object({
    kind: z.literal('second_try'),
    ...common(),
    /** Why we got none. */
    failure: optionalFact(refreshFailureSchema),
  }),

  /** A step of a flow recorded by an earlier version, with its sentences. No longer created. */
  z.object({ kind: z.literal('legacy_step'), ...common(), ...legacyStepFacts() }),
])
export type FlowEvent = z.infer<typeof flowEventSchema>
export type EventOf<Kind extends FlowEvent['kind']> = Extract<FlowEvent, { kind: Kind }>
