import { expect, it } from 'vitest'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { slugFrom } from '../../../../core/services/workspace-address.ts'

const plane = catalogue().find(({ id }) => id === 'plane')
if (!plane) throw new Error('no Plane')

it.each([
  'acme',
  ' acme ',
  'https://app.plane.so/acme/projects/8d2b/issues?x=1#y',
  'https://app.plane.so/acme',
  'app.plane.so/acme/settings',
  'http://localhost:3000/acme/',
  '/acme/projects',
  'acme/projects',
  'https://api.plane.so/api/v1/workspaces/acme/projects/',
])('the workspace of %j is acme', (text) => {
  expect(slugFrom(plane, text)).toBe('acme')
})

it.each(['https://app.plane.so/', 'https://', '..', 'a b', 'https://app.plane.so/%', '{slug}'])(
  '%j names no workspace, and the person sees what would',
  (text) => {
    expect(() => slugFrom(plane, text)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'invalid_input' }) }),
    )
  },
)

it('is not asked where the service lists its workspaces or has none', () => {
  const wanted = { failure: expect.objectContaining({ kind: 'not_supported' }) }
  expect(() => slugFrom({ name: 'Planio' }, 'acme')).toThrow(expect.objectContaining(wanted))
})
