// The door as the window's page has it, for what a test wants to know or to prepare without clicking.
import type { Page } from 'playwright-core'
import type { Snapshot } from '../../contract/change.ts'
import type { Answer } from '../../contract/failure.ts'

interface Preloaded {
  grantdesk: { call(procedure: string, input: unknown): Promise<Answer<unknown>> }
}

/** The answer's value; throws the failure's message. */
export async function callDoor(page: Page, procedure: string, input: unknown = {}): Promise<unknown> {
  const answer = await page.evaluate(
    ([name, given]) => (window as unknown as Preloaded).grantdesk.call(name as string, given),
    [procedure, input],
  )
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

export async function snapshotOf(page: Page): Promise<Snapshot> {
  return (await callDoor(page, 'app.snapshot')) as Snapshot
}
