// One event of a flow: a union of members that carry facts, in the RFCs' words. Sentences are made of them by words.ts, so
// that nothing has to read a sentence to learn what happened. Every text has lost its secrets before it gets here.
import { z } from 'zod'
import { accountDecisionSchema } from '../attempt.ts'
import { pkceSchema } from '../service.ts'
import { checkFacts } from './check.ts'
import { exchangeFacts, exchangeFailureSchema, recordedRequestSchema } from './exchange.ts'
import { legacyStepFacts } from './legacy-step.ts'

/** Of an event with this id a later one takes the earlier one's place. */
const common = {
  id: z.string(),
  /** When it began (ms since the epoch). */
  at: z.number(),
}

const parametersSchema = z.array(z.tuple([z.string(), z.string()]))

/** A text of at most so many characters, as facts about a server or a person are bounded. */
export const longestFact = 500

export const flowEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exchange'), ...common, ...exchangeFacts }),

  /** The request that the browser is sent with. @see RFC 6749 §4.1.1 */
  z.object({
    kind: z.literal('authorization_request'),
    ...common,
    endpoint: z.string(),
    parameters: parametersSchema,
    redirectUri: z.string(),
    codeChallengeMethod: pkceSchema,
    /** `by_person`: the address was shown, for the person to open. */
    opened: z.enum(['browser', 'by_person', 'failed']),
  }),

  /** The authorization response. @see RFC 6749 §4.1.2 */
  z.object({
    kind: z.literal('redirect'),
    ...common,
    /** `out_of_band`: the service showed the code. */
    via: z.enum(['listener', 'pasted', 'out_of_band']),
    parameters: parametersSchema,
    error: z.string().nullable(),
    errorDescription: z.string().nullable(),
    /** As the listener got it. */
    request: recordedRequestSchema.nullable(),
  }),

  z.object({ kind: z.literal('check'), ...common, ...checkFacts }),

  /** A request to the redirect listener that is not the answer: it changed nothing. */
  z.object({
    kind: z.literal('stray_request'),
    ...common,
    reason: z.enum([
      'host',
      'method',
      'path',
      'parameters',
      'no_state',
      'state',
      'iss',
      'no_code',
      /** An error without the state that would prove it. */
      'unproven_error',
      'replay',
      'unreadable',
      /** Behind another request on one connection: each connection has one answer. */
      'second_on_connection',
      /** There were many more, which are not recorded. */
      'too_many',
    ]),
    request: recordedRequestSchema.nullable(),
    /** What it was answered with. */
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    errorDescription: z.string().nullable(),
  }),

  z.object({
    kind: z.literal('wait'),
    ...common,
    for: z.enum([
      /** The browser's redirect, after the person signed in and consented. */
      'redirect',
      /** A code, or an address, to be pasted. */
      'code',
      /** The person, on any device. @see RFC 8628 §3.3 */
      'device',
      /** The person's word. */
      'decision',
      /** A moment before another try. */
      'pause',
    ]),
    /** When it ends at the latest (ms since the epoch), where that is known. */
    until: z.number().nullable(),
    endedAt: z.number().nullable(),
    ended: z.enum(['running', 'over', 'timed_out', 'cancelled', 'failed']),
    /** Of a pause: why the request before came to nothing, a status or a failure. */
    trouble: z
      .union([z.object({ kind: z.literal('status'), status: z.number().int() }), exchangeFailureSchema])
      .nullable(),
    /** Of a pause: which of how many further tries comes after it. */
    retry: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  }),

  z.object({
    kind: z.literal('decision'),
    ...common,
    question: z.enum(['other_account']),
    choice: accountDecisionSchema,
    connection: z.string(),
    heldBy: z.string().nullable(),
    signedInAs: z.string().nullable(),
  }),

  /** A token that the service made and the person entered. */
  z.object({ kind: z.literal('token_handed_over'), ...common, grant: z.string() }),

  /** Revocation cannot be asked for: the service has no endpoint for it, or none for such a token. */
  z.object({
    kind: z.literal('revocation_not_offered'),
    ...common,
    service: z.string(),
    /** What the token is called there, where only its maker can end it. */
    token: z.string().nullable(),
    /** Where the person can end it. */
    page: z.string().nullable(),
  }),

  /** An API did not take a token that should still be good: another one was asked for. */
  z.object({
    kind: z.literal('second_try'),
    ...common,
    /** Why no other was to be had, in the words of that failure; `null` where one was. */
    failure: z.string().nullable(),
  }),

  /** A step of a flow that an earlier version recorded, with its sentences. Never made anew. */
  z.object({ kind: z.literal('legacy_step'), ...common, ...legacyStepFacts }),
])
export type FlowEvent = z.infer<typeof flowEventSchema>
export type EventOf<Kind extends FlowEvent['kind']> = Extract<FlowEvent, { kind: Kind }>
