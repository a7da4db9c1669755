import { expect, it } from 'vitest'
import { tidyDescription } from '../../../contract/tidy-description.ts'

const described = (token: string, steps = '') =>
  JSON.stringify({ endpoints: { token }, registration: { steps }, tags: [1, null] })

it.each([
  ['a blank', ' https://a.example/token', 'endpoints.token: One blank at the start was left out.'],
  ['quotes', '"{base}/token"', 'endpoints.token: The quotes around it were left out.'],
  ['a zero-width space', '{base}/token\u200b', 'endpoints.token: One invisible character was left out.'],
  ['the end of a line', 'https://a.example/token\n', 'endpoints.token: One line end was left out.'],
])('%s that came along with an address of a description is left out and told', (_what, token, words) => {
  const tidied = tidyDescription(`\ufeff${described(token)}`)
  expect(tidied.words).toEqual([words])
  expect(JSON.parse(tidied.text)).toEqual({
    endpoints: { token: expect.stringMatching(/^(https:\/\/a\.example|\{base\})\/token$/) },
    registration: { steps: '' },
    tags: [1, null],
  })
})

it.each([
  described('https://a.example/token', 'https://a.example/apps is the page. '),
  described('{base}/token', ' In the settings. '),
  '{ not JSON',
  '',
])('all else stays as it came: %s', (text) => {
  expect(tidyDescription(text)).toEqual({ text, words: [] })
})
