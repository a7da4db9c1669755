// A browser's tab at `grantdesk serve`, as far as HTTP goes: the entrance, and calls at the door.
import { expect } from 'vitest'
import type { Running } from './grantdesk-process.ts'

/** The address that `grantdesk serve` prints. */
export async function addressOf(serving: Running): Promise<URL> {
  return new URL((await serving.line((line) => line.includes('?token='))).trim())
}

/** What the browser and the tab send from then on. */
export async function letIn(address: URL): Promise<{ cookie: string; 'grantdesk-proof': string }> {
  const answer = await fetch(address, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  const proof = answer.headers.get('location')?.replace('/#proof=', '') ?? ''
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', 'grantdesk-proof': proof }
}

/** The door as the tab reaches it. */
export function caller(address: URL, pass: Awaited<ReturnType<typeof letIn>>) {
  return async (procedure: string, input: unknown = {}) => {
    const answer = await fetch(`${address.origin}/door`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address.origin, ...pass },
      body: JSON.stringify({ procedure, input }),
    })
    return answer.json()
  }
}
