// `grantdesk vault keep`: shows or changes how many flows and history entries are kept.
import type { KeepSettings } from '../../contract/settings.ts'
import { unwrap } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

type KeepOptions = SecretOptions & Partial<KeepSettings> & { json?: boolean }

/** Saves the given limits, then shows all of them. */
export function keepEvidence(options: KeepOptions): Promise<void> {
  const { flowsPerConnection, flows, flowMegabytes, historyPerConnection, history } = options
  const given = { flowsPerConnection, flows, flowMegabytes, historyPerConnection, history }
  const chosen = Object.fromEntries(Object.entries(given).filter(([, number]) => number !== undefined))
  return withSession(options, async ({ door }) => {
    const { settings, damaged } = await snapshotOf(door)
    noteDamaged(damaged, ['settings'])
    const { keep } =
      Object.keys(chosen).length === 0
        ? settings
        : unwrap(await door.call('settings.save', { ...settings, keep: { ...settings.keep, ...chosen } }))
    if (options.json) return printJson(keep)
    print(`Flows: ${keep.flowsPerConnection} of each connection, ${keep.flows} and ${keep.flowMegabytes} MB in all.`)
    print(`History: ${keep.historyPerConnection} entries of each connection, ${keep.history} in all.`)
  })
}
