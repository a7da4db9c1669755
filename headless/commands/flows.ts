// `grantdesk flows`: lists the flows of a connection, or of all. Secrets in them are pseudonyms, so the output may be shared.
import { isCutOff } from '../../contract/attempt.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { unwrap } from '../command-error.ts'
import { noteCutOff } from '../cut-off-notes.ts'
import { connectionNamed } from '../find-connection.ts'
import { describeFlow } from '../flow-words.ts'
import { note, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

interface FlowsOptions extends SecretOptions {
  json?: boolean
  putAway?: boolean
}

/** The number of flows shown if no connection is named. */
const mostOfAll = 20

export function listFlows(name: string | undefined, options: FlowsOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { attempts } = await snapshotOf(door)
    if (options.putAway)
      for (const { id } of attempts.filter(isCutOff)) unwrap(await door.call('connect.dismiss', { id }))
    else noteCutOff(attempts)
    const connectionId = name === undefined ? undefined : (await connectionNamed(door, name)).id
    const { flows, noLongerKept, unwritten } = unwrap(await door.call('flows.list', { connectionId }))
    const listed = connectionId === undefined ? flows.slice(0, mostOfAll) : flows
    const whole: KeptFlow[] = []
    for (const { id } of listed) {
      const answer = await door.call('flows.get', { id })
      // One that was deleted meanwhile is not an error.
      if (answer.ok || answer.failure.kind !== 'not_found') whole.push(unwrap(answer))
    }
    if (options.json) return printJson(whole)
    if (whole.length > 0) print(whole.map(describeFlow).join('\n'))
    if (flows.length > listed.length) note(`The newest ${listed.length} of ${flows.length}.`)
    if (unwritten !== null) note(unwritten)
    if (noLongerKept > 0) note(noLongerKeptWords(noLongerKept))
    else if (whole.length === 0)
      print(name === undefined ? 'Nothing is recorded.' : 'Nothing is recorded for this connection.')
  })
}

function noLongerKeptWords(count: number): string {
  const what = count === 1 ? '1 older flow is' : `${count} older flows are`
  return `${what} no longer kept; “grantdesk vault keep” shows how many are.`
}
