import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problem } from '../../../core/problem.ts'
import { closeWithRetries } from '../../../headless/closing.ts'

const limits = { noteAfter: 20, retryAfter: 5, giveUpAfter: 30 }
const { write } = process.stderr
let noted: string

beforeEach(() => {
  noted = ''
  process.stderr.write = (text: string | Uint8Array) => {
    noted += text
    return true
  }
})

afterEach(() => {
  process.stderr.write = write
})

/** Tokens that cannot be written until the closing with this number. */
function unwrittenUntil(number: number) {
  const closings: string[] = []
  return {
    closings,
    async close({ evenIfLost = false } = {}) {
      closings.push(evenIfLost ? 'even if lost' : 'closing')
      if (!evenIfLost && closings.length < number) {
        throw problem('conflict', 'New tokens of Work could not be written yet.')
      }
    },
  }
}

describe('the end of a command', () => {
  it('waits as long as an answer takes, and says what it waits for', async () => {
    const answer = Promise.withResolvers<void>()
    const closing = closeWithRetries({ close: () => answer.promise }, limits, true)
    await expect.poll(() => noted).toMatch(/^Waiting for the answer of a service/)
    answer.resolve()
    await closing
  })

  it('tries again until new tokens are written, and says so once', async () => {
    const app = unwrittenUntil(4)
    await closeWithRetries(app, limits, true)
    expect(app.closings).toEqual(['closing', 'closing', 'closing', 'closing'])
    expect(noted.match(/could not be written yet/g)).toHaveLength(1)
  })

  it('says that they are lost where nobody can make room in time', async () => {
    const app = unwrittenUntil(1_000)
    await expect(closeWithRetries(app, limits, false)).rejects.toThrow(/of Work .* they are lost/)
    expect(app.closings.at(-1)).toBe('even if lost')
  })

  it('leaves it to a person in a terminal when to give them up', async () => {
    const app = unwrittenUntil(20)
    await closeWithRetries(app, limits, true)
    expect(app.closings).toHaveLength(20)
  })
})
