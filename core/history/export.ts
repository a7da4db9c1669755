// Exports the history as JSON or CSV. Escapes cells that a spreadsheet could run as formulas, because names in them may come
// from a server.
import { callerWords, type ListedEntry, operationWords, subjectWords } from '../../contract/history.ts'

export type ExportFormat = 'json' | 'csv'

/** The entries as text, newest first. */
export function exportHistory(entries: ListedEntry[], format: ExportFormat): string {
  return format === 'csv' ? csv(entries) : `${JSON.stringify(entries.map(jsonForm), null, 2)}\n`
}

function jsonForm({ at, ...entry }: ListedEntry) {
  return { at: new Date(at).toISOString(), ...entry }
}

const heads = ['Time', 'Connection', 'Operation', 'Outcome', 'Caller', 'Detail', 'Flow', 'Connection id']

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
function csv(entries: ListedEntry[]): string {
  const rows = entries.map((entry) => [
    new Date(entry.at).toISOString(),
    subjectWords(entry),
    operationWords[entry.operation],
    entry.outcome,
    callerWords[entry.caller],
    entry.detail,
    entry.flowId ?? '',
    entry.connectionId ?? '',
  ])
  return [heads, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** A leading quote keeps spreadsheets from running a cell as a formula. */
function cell(text: string): string {
  const harmless = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
