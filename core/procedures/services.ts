// Procedures on the descriptions of services.
import { problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { schemaFile } from '../services/description-schema.ts'
import { fitsSignature } from '../services/webhook-signature.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function serviceProcedures({
  services,
  certificates,
  discovery,
  deliverText,
  history,
  webhooks,
}: Parts): ProceduresOf<'services'> {
  return {
    'services.import': (input) => services.import(input),
    'services.export': async ({ id }) => services.export(id),
    'services.schema': (_, caller) => deliverText(schemaFile(), caller),
    'services.discover': (input) => discovery.discover(input),
    'services.setCertificates': async (input, caller) => {
      const { name } = services.find(input.id)
      await certificates.save(input)
      services.sendList()
      await history.note(null, { caller, operation: 'certificates', detail: `Certificates for ${name} changed` })
      return services.view(input.id)
    },
    'services.checkSignature': async ({ id, secret: given, ...signed }) => {
      const service = services.find(id)
      const secrets = given === undefined ? webhooks.secrets(id) : [new Secret(given)]
      if (secrets.length === 0) {
        throw problem('not_found', `No webhook secret of ${service.name} is stored.`, 'Give it, or store it.')
      }
      return { fits: secrets.some((secret) => fitsSignature(service, { ...signed, secret })) }
    },
    'services.remove': async ({ id }) => {
      await services.remove(id)
      return {}
    },
  }
}
