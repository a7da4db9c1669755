import { expect, test } from 'vitest'
import { passphraseStrength } from '../../../../renderer/passphrase/passphrase-strength.ts'

test.each([
  ['', 0],
  ['short', 0],
  ['aaaaaaaaaaaaaaaa', 1],
  ['abcdefghijkl', 1],
  ['12345678901234', 1],
  ['password', 1],
  ['correct horse', 1],
  ['correct horse battery', 1],
  ['correct horse battery staple', 2],
  ['correct horse battery staple orange', 3],
  ['x7#Kp2!mQ', 2],
  ['x7#Kp2!mQ9_vL', 3],
])('“%s” has strength %i', (passphrase, level) => {
  expect(passphraseStrength(passphrase).level).toBe(level)
})
