import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { paint, printTable } from '../../../headless/table.ts'

let printed = ''
const wasTerminal = process.stdout.isTTY
beforeEach(() => {
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.stdout.isTTY = wasTerminal
})

it('aligns columns by what a terminal shows, not by how many characters there are', () => {
  process.stdout.isTTY = false
  printTable(
    ['NAME', 'STATE'],
    [
      ['日本', 'one'],
      ['e\u0301cole', 'two'],
      ['👩‍👩‍👧', 'three'],
    ],
    (cell) => cell,
  )
  expect(printed).toBe('NAME   STATE\n日本   one\ne\u0301cole  two\n👩‍👩‍👧     three\n')
})

it('colours where a terminal wants it, and nowhere else', () => {
  vi.stubEnv('NO_COLOR', '')
  vi.stubEnv('TERM', 'xterm')
  process.stdout.isTTY = true
  expect(paint('good', 'green')).toBe('\u001b[32mgood\u001b[39m')
  vi.stubEnv('TERM', 'dumb')
  expect(paint('good', 'green')).toBe('good')
  vi.stubEnv('TERM', 'xterm')
  vi.stubEnv('NO_COLOR', '1')
  expect(paint('good', 'green')).toBe('good')
  vi.stubEnv('NO_COLOR', '')
  process.stdout.isTTY = false
  expect(paint('good', 'green')).toBe('good')
})
