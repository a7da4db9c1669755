// The procedures on flows: a part of the table.
import { z } from 'zod'
import { deliveredTextSchema } from './backup.ts'
import { diagnosisSchema } from './flow/diagnosis.ts'
import { flowSummarySchema, keptFlowSchema } from './flow/flow.ts'
import { flowFormatSchema, pictureSchema } from './flow/flow-file.ts'
import { flowImportSchema, longestPiece } from './flow/flow-import.ts'
import { procedure } from './procedure.ts'

const nothing = z.object({})
const byId = z.object({ id: z.string().max(200) })

export const flowProcedures = {
  'flows.list': procedure(() => [
    z.object({ connectionId: z.string().optional() }),
    /** `noLongerKept` counts deleted ones; `unwritten` says why flows cannot be written to disk now. */
    z.object({
      flows: z.array(flowSummarySchema),
      noLongerKept: z.number().int(),
      unwritten: z.string().nullable(),
    }),
  ]),
  'flows.get': procedure(() => [byId, keptFlowSchema]),
  /** What is wrong with a flow or odd about it, the surest first; empty while it runs, and where there is nothing to say. */
  'flows.diagnose': procedure(() => [byId, z.array(diagnosisSchema)]),
  /** A flow as a file to share, without a secret. */
  'flows.export': procedure(() => [byId.extend({ format: flowFormatSchema }), deliveredTextSchema]),
  /**
   * Saves a picture of a flow, which only the page can draw, where the person chooses; `savedAs` is `null` if the caller has to
   * save it. Throws `cancelled` if no file was chosen, `conflict` if it cannot be written.
   */
  'flows.savePicture': procedure(() => [
    byId.extend({ png: pictureSchema() }),
    z.object({ fileName: z.string(), savedAs: z.string().nullable() }),
  ]),
  /** Begins to import recorded logins: an HTTP Archive of any program, or flows that Grantdesk exported. */
  'flows.beginImport': procedure(() => [nothing, z.object({ id: z.string() })]),
  /** The next bytes of the file; answers what was found by now. `not_found` if the import is no longer under way. */
  'flows.importPiece': procedure(() => [
    byId.extend({ base64: z.string().max(Math.ceil((longestPiece * 4) / 3) + 4) }),
    z.object({ entries: z.number().int(), messages: z.number().int() }),
  ]),
  /** Stores the flows that are in the file; the file itself is not kept. */
  'flows.endImport': procedure(() => [byId, flowImportSchema]),
  'flows.cancelImport': procedure(() => [byId, nothing]),
}
