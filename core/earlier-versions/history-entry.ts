// A history entry as it is stored, by this version or an earlier one, which named the operation `act`, and the unlock settings
// `ways`.
import { z } from 'zod'
import { type HistoryEntry, historyEntrySchema } from '../../contract/connection.ts'
import { isObject } from '../json-path.ts'

function currentEntry(json: unknown): unknown {
  if (!isObject(json) || !('act' in json)) return json
  const { act, ...entry } = json
  return { ...entry, operation: act === 'ways' ? 'unlock_settings' : act }
}

export const storedEntrySchema = z.codec(z.unknown(), historyEntrySchema, {
  // The schema that follows finds what does not fit.
  decode: (json) => currentEntry(json) as HistoryEntry,
  encode: (entry) => entry,
})
