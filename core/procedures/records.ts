// Procedures that read flows and the history.
import { exportHistory } from '../history/export.ts'
import { flowImportProcedures } from './flow-imports.ts'
import { lazyDiagnoser } from './lazy-diagnoser.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function recordProcedures(parts: Parts): ProceduresOf<'flows' | 'history'> {
  const { flows, history, clock, deliverText, savePieces, version } = parts
  const diagnoser = lazyDiagnoser(parts)
  return {
    'flows.list': ({ connectionId }) => flows.list(connectionId),
    'flows.get': ({ id }) => flows.get(id),
    'flows.diagnose': ({ id }) => diagnoser.diagnose(id),
    'flows.export': async ({ id, format }, caller) => {
      const { exportFlow } = await import('../sharing/export-flow.ts')
      const diagnoses = format === 'html' ? await diagnoser.diagnose(id) : []
      return deliverText(exportFlow(await flows.get(id), diagnoses, format, version), caller)
    },
    'flows.savePicture': async ({ id, png }, caller) => {
      const { flowFileName } = await import('../sharing/export-flow.ts')
      const fileName = flowFileName(await flows.get(id), 'png')
      const pieces = (async function* () {
        yield Buffer.from(png, 'base64')
      })()
      return { fileName, savedAs: await savePieces({ fileName, pieces }, caller) }
    },
    ...flowImportProcedures(parts),
    'history.list': async ({ limit, ...filter }) => {
      const entries = await history.entries(filter)
      return { entries: entries.slice(0, limit), total: entries.length }
    },
    'history.export': async ({ format, ...filter }, caller) => {
      const text = exportHistory(await history.entries(filter), format)
      const fileName = `grantdesk-history-${new Date(clock.now()).toISOString().slice(0, 10)}.${format}`
      return deliverText({ text, fileName }, caller)
    },
  }
}
