// What the documentation says is shown by a test is shown by one: the file is there, and in it a test of that name.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** `test/…test.ts`, followed by names in straight quotes. */
const citation = /`(test\/[\w./-]+\.test\.tsx?)`((?:,? "[^"]+")*)/g

function citationsIn(text: string): { file: string; names: string[] }[] {
  return [...text.matchAll(citation)].map(([, file = '', names = '']) => ({
    file,
    names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }))
}

/** As it stands in the call that makes it a test, in any of the forms that we write; its number may be how many cases there are. */
function isTestIn(text: string, name: string): boolean {
  const counted = name.replace(/\d[\d,]*/, () => '$'.concat('{cases}'))
  return [`'${name}'`, `\`${counted}\``].some((title) => {
    const at = text.indexOf(title)
    const before = text.slice(Math.max(0, at - 60), at)
    return at >= 0 && /(?:\b(?:it|test)(?:\.[a-z]+)*|\))\(\s*$|\]\s*\(\s*$|^\s*\[\s*$|\[\s*$/.test(before)
  })
}

const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))

describe('the documentation', () => {
  it.each(pages)('%s names only tests that there are', (page) => {
    const missing = citationsIn(read(`docs/${page}`)).flatMap(({ file, names }) => {
      if (!existsSync(join(root, file))) return [file]
      const text = read(file)
      return names.filter((name) => !isTestIn(text, name)).map((name) => `${file} ${name}`)
    })
    expect(missing).toEqual([])
  })

  it('says for every attacker what it can and cannot do, each row with a test by its name', () => {
    const [, section = ''] = read('docs/security.md').split('## Against whom')
    const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| who'))
    const attackers = rows.flatMap((row) => /^\| \*\*([^*]+)\*\*/.exec(row)?.[1] ?? [])
    expect(attackers).toEqual([
      'someone with the disk',
      'another user of the machine',
      'another process of yours',
      'the network',
      'a proxy',
      'a hostile service',
      'a hostile web page',
      'script in our own window',
    ])
    const unproven = rows.filter((row) => {
      const [, , can = '', cannot = ''] = row.split(' | ').map((cell) => cell.trim())
      const proofs = citationsIn(row)
      return can === undefined || cannot === '' || proofs.length === 0 || proofs.some(({ names }) => names.length === 0)
    })
    expect(unproven).toEqual([])
  })
})
