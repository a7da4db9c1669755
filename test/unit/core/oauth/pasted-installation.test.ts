import { expect, it } from 'vitest'
import { installationIn } from '../../../../core/oauth/pasted-installation.ts'

const id = '0f7c2b9e-1111-4222-8333-444455556666'

it.each([
  id,
  ` ${id}\n`,
  `https://app.example/setup?app_installation_id=${id}`,
  `<https://app.example/setup?code=c&app_installation_id=${id}>`,
  `“https://app.example/setup?app_installation_\nid=${id}&code=c”`,
  `https://app.example/setup#app_installation_id=${id}`,
])('an installation is read from %j', (pasted) => {
  expect(installationIn(pasted, 'app_installation_id')).toBe(id)
})

it.each([
  'https://app.example/setup?code=c',
  'https://app.example/setup?app_installation_id=',
  `https://app.example/setup?app_installation_id=${id}&app_installation_id=other`,
  'https://app.example/setup?app_installation_id=a%20b%0d',
])('none is read from %j', (pasted) => {
  expect(() => installationIn(pasted, 'app_installation_id')).toThrow()
})
