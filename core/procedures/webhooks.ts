// Procedures on webhooks: listeners, their secrets, and the deliveries that came.
import type { Parts, ProceduresOf } from './parts.ts'

export function webhookProcedures({ webhooks }: Parts): ProceduresOf<'webhooks'> {
  return {
    'webhooks.start': ({ serviceId, port }, caller) => webhooks.start(serviceId, port, caller),
    'webhooks.stop': ({ serviceId }, caller) => webhooks.stop(serviceId, caller),
    'webhooks.addSecret': (input, caller) => webhooks.addSecret(input, caller),
    'webhooks.removeSecret': ({ serviceId, id }, caller) => webhooks.removeSecret(serviceId, id, caller),
    'webhooks.list': async ({ serviceId }) => ({ deliveries: webhooks.list(serviceId) }),
    'webhooks.get': async ({ id }) => webhooks.get(id),
    'webhooks.paste': async (input) => webhooks.paste(input),
    'webhooks.replay': ({ id, url }) => webhooks.replay(id, url),
    'webhooks.clear': async ({ serviceId, id }) => {
      webhooks.clear(serviceId, id)
      return {}
    },
  }
}
