// Imports a file into a flow log in memory, in pieces of any size.
import type { KeptFlow } from '../../../../contract/flow/flow.ts'
import type { FlowImport } from '../../../../contract/flow/flow-import.ts'
import { createFlowImports } from '../../../../core/sharing/flow-imports.ts'
import { type FlowFixture, flowFixture, pseudonym } from '../flows/flow-fixture.ts'

export interface Imported {
  result: FlowImport
  /** As they are stored. */
  flows: KeptFlow[]
  fixture: FlowFixture
}

export async function importFile(
  file: string | Uint8Array,
  { piece = 64 * 1024, fixture = flowFixture() }: { piece?: number; fixture?: FlowFixture } = {},
): Promise<Imported> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const imports = createFlowImports({
    flows: fixture.log,
    pseudonym,
    serviceAt: (address) => (address.startsWith('https://as.example') ? 'example' : null),
    isConnection: () => false,
  })
  const { id } = imports.begin()
  for (let at = 0; at < bytes.length; at += piece) imports.piece(id, bytes.subarray(at, at + piece))
  const result = await imports.end(id)
  const flows = await Promise.all(result.flows.map((flow) => fixture.log.get(flow.id)))
  return { result, flows, fixture }
}
