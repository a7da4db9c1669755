// What an imported flow says of who took part in it.
import { describe, expect, it } from 'vitest'
import { flowEventSchema } from '../../../contract/flow/event.ts'
import { eventParties, flowTitle } from '../../../contract/flow/words.ts'
import { aboutNothing } from '../../../core/flows/default-facts.ts'

const redirect = { kind: 'redirect', id: 'r', at: 1, via: 'listener', parameters: [] }

describe('in an imported flow', () => {
  it('another program stands where Grantdesk would', () => {
    const event = flowEventSchema.parse({ ...redirect, by: 'other_program' })
    expect(eventParties(event)).toEqual({ from: 'browser', to: 'other_program' })
    expect(eventParties(flowEventSchema.parse(redirect))).toEqual({ from: 'browser', to: 'grantdesk' })
  })

  it('the service stands in the title, because no connection is known here', () => {
    const about = { ...aboutNothing, service: 'login.example' }
    expect(flowTitle({ kind: 'refresh', about: { ...about, importedFrom: 'mitmproxy' } })).toBe('Refresh login.example')
    expect(flowTitle({ kind: 'refresh', about })).toBe('Refresh a connection')
  })
})
