import { describe, expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { createRecordedEvents } from '../../../../core/flows/recorded-events.ts'
import { Secret } from '../../../../core/secret.ts'
import { pseudonym } from './flow-fixture.ts'

const secret = new Secret('sesame-open')

function recordedEvents(title: string | null = null, hide: [Secret, string][] = []) {
  const reported: FlowEvent[][] = []
  const clock = { now: () => 5 }
  const about = { ...aboutNothing, title }
  const events = createRecordedEvents({ about, hide, clock, pseudonym, changed: (changed) => reported.push(changed) })
  const say = (text: string) => events.add('token_handed_over', { grant: text }, 'api')
  return { events, reported, say }
}

describe('the events of a running flow', () => {
  it('are reported with the earlier events that a new secret changed', () => {
    const { events, reported, say } = recordedEvents()
    say('sesame-open')
    say('nothing secret')
    events.hide(secret, 'code')
    const [first, second] = events.all()
    expect(first).toMatchObject({ grant: expect.stringMatching(/^<code:/) })
    expect(reported.map((changed) => changed.map(({ id }) => id))).toEqual([[first?.id], [second?.id], [first?.id]])
  })

  it('are reported once, with all of several new secrets hidden', () => {
    const { events, reported, say } = recordedEvents()
    say('sesame-open and melon-closed')
    events.hideAll([
      [secret, 'code'],
      [new Secret('melon-closed'), 'state'],
    ])
    const [event] = events.all()
    expect(event).toMatchObject({ grant: expect.stringMatching(/^<code:\w+> and <state:\w+>$/) })
    expect(reported.map((changed) => changed.map(({ id }) => id))).toEqual([[event?.id], [event?.id]])
  })

  it('report the flow itself, when a new secret stood in what it is about', () => {
    const { events, reported } = recordedEvents('GET /sesame-open')
    events.hide(secret, 'code')
    expect(events.about().title).not.toContain('sesame-open')
    expect(reported).toEqual([[]])
  })

  it('hold no secret that was known from the beginning', () => {
    const { events } = recordedEvents('GET /sesame-open', [[secret, 'code']])
    expect(events.about().title).not.toContain('sesame-open')
  })

  it('do not change after the end, except an exchange whose response is still being read', () => {
    const { events, say } = recordedEvents()
    const changeText = say('before')
    const timing = { waiting: 1, receiving: null, whole: null }
    const exchange = { outcome: 'running', response: null, timing }
    const changeExchange = events.add('exchange', exchange, 'api')
    changeExchange({ outcome: 'succeeded', response: { status: 200 } })
    events.close()
    changeText({ grant: 'after' })
    changeExchange({ timing: { ...timing, whole: 9 } })
    say('late')
    expect(events.all()).toMatchObject([{ grant: 'before' }, { timing: { whole: 9 } }])
  })

  it('that still run when the flow ends are cut off', () => {
    const { events } = recordedEvents()
    events.add('wait', { for: 'redirect', endedAt: null, ended: 'running' }, 'api')
    events.endRunning()
    expect(events.all()).toMatchObject([{ kind: 'wait', ended: 'cancelled', endedAt: 5 }])
  })

  it('are kept when they cannot be reported', () => {
    const changed = () => {
      throw new Error('locked')
    }
    const events = createRecordedEvents({ about: aboutNothing, hide: [], clock: { now: () => 5 }, pseudonym, changed })
    events.add('token_handed_over', { grant: 'kept' }, 'api')
    expect(events.all()).toMatchObject([{ grant: 'kept' }])
  })
})
