// Procedures that import recorded logins from a file, which comes in pieces.
import { once } from '../../contract/once.ts'
import type { ServiceView } from '../../contract/service.ts'
import type { FlowImports } from '../sharing/flow-imports.ts'
import type { Parts, ProceduresOf } from './parts.ts'

type Imported = 'flows.beginImport' | 'flows.importPiece' | 'flows.endImport' | 'flows.cancelImport'

export function flowImportProcedures(parts: Parts): Pick<ProceduresOf<'flows'>, Imported> {
  const imports = once(() => openImports(parts))
  return {
    'flows.beginImport': async () => (await imports()).begin(),
    'flows.importPiece': async ({ id, base64 }) => (await imports()).piece(id, Buffer.from(base64, 'base64')),
    'flows.endImport': async ({ id }) => (await imports()).end(id),
    'flows.cancelImport': async ({ id }) => {
      const going = await imports()
      going.cancel(id)
      return {}
    },
  }
}

/** Loaded when somebody imports: no command needs it to start. */
async function openImports({ vault, flows, services, connections }: Parts): Promise<FlowImports> {
  const { createFlowImports } = await import('../sharing/flow-imports.ts')
  const imports = createFlowImports({
    flows,
    pseudonym: vault.pseudonym,
    serviceAt: (address) => serviceAt(address, services.list()),
    isConnection: (id) => connections.nameOf(id) !== null,
  })
  vault.onStatus(({ state }) => {
    if (state !== 'open') imports.forget()
  })
  return imports
}

/** The id of the service whose base URL is on the origin of an address. */
function serviceAt(address: string, services: readonly ServiceView[]): string | null {
  const origin = URL.parse(address)?.origin
  const isAt = ({ base }: ServiceView) => origin !== undefined && URL.parse(base.default ?? '')?.origin === origin
  return services.find(isAt)?.id ?? null
}
