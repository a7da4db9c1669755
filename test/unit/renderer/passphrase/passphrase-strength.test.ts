// What is said of a new passphrase, with the dictionaries that the window loads.
import { expect, test } from 'vitest'
import { guessesLog10 } from '../../../../renderer/passphrase/guess-count.ts'
import { passphraseStrength } from '../../../../renderer/passphrase/passphrase-strength.ts'

test.each([
  ['', 0],
  ['short', 0],
  ['aaaaaaaaaaaaaaaa', 1],
  ['abcdefghijkl', 1],
  ['12345678901234', 1],
  ['passwordpassword', 1],
  ['Summer2026!!', 1],
  ['P4ssw0rd!2026', 1],
  ['qwertyuiop123', 1],
  ['correct horse', 1],
  ['correct horse battery', 2],
  ['correct horse battery staple', 3],
  ['x7#Kp2!mQ9', 2],
  ['x7#Kp2!mQ9_vLr4', 3],
  ['orange '.repeat(60), 1],
])('“%s” has strength %i', (passphrase, level) => {
  expect(passphraseStrength(passphrase, guessesLog10(passphrase)).level).toBe(level)
})

test('nothing is claimed while the guesses are counted, or where they cannot be', () => {
  expect(passphraseStrength('correct horse battery staple', null)).toEqual({ level: 0, words: '' })
  expect(passphraseStrength('correct horse battery staple', 'unknown').words).toMatch(/cannot be told now/)
})
