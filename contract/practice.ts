// The practice services as callers see them. Their client secrets are not secret: they are worth nothing elsewhere,
// and still they stay in the host, which registers the clients by itself.
import { z } from 'zod'

export const practiceStatusSchema = z.discriminatedUnion('state', [
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
        /** Its page of quirks, each to be switched on and off. */
        quirksUrl: z.url(),
      }),
    ),
  }),
  z.object({ state: z.literal('failed'), why: z.string() }),
])
export type PracticeStatus = z.infer<typeof practiceStatusSchema>
