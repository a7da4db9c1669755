// The practice services as callers see them. Their client secrets are worthless elsewhere, but stay in the host all the
// same, which registers the clients itself.
import { z } from 'zod'
import { lazyUnion } from './lazy-schema.ts'

export const practiceStatusSchema = lazyUnion('state', () => [
  z.object({ state: z.literal('stopped') }),
  z.object({ state: z.literal('starting') }),
  z.object({
    state: z.literal('running'),
    services: z.array(
      z.object({
        serviceId: z.string(),
        name: z.string(),
        baseUrl: z.string(),
        clientId: z.string(),
        /** Its page to switch quirks on and off. */
        quirksUrl: z.url(),
        /** Its page that sends deliveries to a webhook. */
        webhooksUrl: z.url().optional(),
      }),
    ),
  }),
  z.object({ state: z.literal('failed'), why: z.string() }),
])
export type PracticeStatus = z.infer<typeof practiceStatusSchema>
