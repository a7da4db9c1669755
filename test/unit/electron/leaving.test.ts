import { beforeEach, describe, expect, it } from 'vitest'
import { problem } from '../../../core/problem.ts'
import { leave, type Open, type QuitDialogs } from '../../../electron/leaving.ts'

const timeout = 10
let closed: string[]
let told: string[]
let answers: boolean[]
let atOnce: boolean

const dialogs: QuitDialogs = {
  mayGoAtOnce(over) {
    told.push('waiting')
    over.addEventListener('abort', () => told.push('over'))
    return atOnce ? Promise.resolve() : new Promise(() => undefined)
  },
  async mayLose(why) {
    told.push(why)
    return answers.shift() ?? true
  },
}
const log = { write: (_level: string, message: string) => void told.push(message) }

/** Each closing in turn ends as given. */
function opened(...ends: (() => Promise<unknown>)[]): Open {
  const next = async (name: string) => {
    await ends.shift()?.()
    closed.push(name)
  }
  return { close: () => next('closed'), closeEvenIfLost: () => next('closed all the same') }
}

const unsaved = () => Promise.reject(problem('conflict', 'New tokens of Work could not be written yet.'))

beforeEach(() => {
  closed = []
  told = []
  answers = []
  atOnce = false
})

describe('the end of the process', () => {
  it('needs nobody when everything closes', async () => {
    await leave(opened(), dialogs, log, timeout)
    expect([closed, told]).toEqual([['closed'], []])
  })

  it('waits for an answer that is on its way, and says so until it is here', async () => {
    const answer = Promise.withResolvers<void>()
    const leaving = leave(
      opened(() => answer.promise),
      dialogs,
      log,
      timeout,
    )
    await expect.poll(() => told).toEqual(['waiting'])
    expect(closed).toEqual([])
    answer.resolve()
    await leaving
    expect([closed, told]).toEqual([['closed'], ['waiting', 'over']])
  })

  it('does not wait for it when the person wants to go at once', async () => {
    atOnce = true
    await leave(
      opened(() => new Promise(() => undefined)),
      dialogs,
      log,
      timeout,
    )
    expect(closed).toEqual([])
  })

  it('asks before tokens are lost, and tries again until they are written', async () => {
    answers = [false, false]
    await leave(opened(unsaved, unsaved), dialogs, log, timeout)
    expect(closed).toEqual(['closed'])
    expect(told).toHaveLength(2)
  })

  it('loses them only when the person says so', async () => {
    answers = [true]
    await leave(opened(unsaved), dialogs, log, timeout)
    expect(closed).toEqual(['closed all the same'])
  })

  it('is not held up by what fails otherwise', async () => {
    await leave(
      opened(() => Promise.reject(new Error('broken'))),
      dialogs,
      log,
      timeout,
    )
    expect(told).toEqual(['not everything could be closed'])
  })
})
