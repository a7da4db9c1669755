import { expect, it } from 'vitest'
import { isOurAddress } from '../../../electron/origin.ts'

it.each(['app://grantdesk/', 'app://grantdesk/assets/window.js'])('knows %s as ours', (address) => {
  expect(isOurAddress(address)).toBe(true)
})

it.each([
  'app://grantdesk.example/',
  'app://other/',
  'app://ada@grantdesk/',
  'app:grantdesk',
  'https://grantdesk/',
  'file:///grantdesk/',
  'about:blank',
  'data:text/html,app://grantdesk/',
  '',
])('knows %j as somebody else’s', (address) => {
  expect(isOurAddress(address)).toBe(false)
})
