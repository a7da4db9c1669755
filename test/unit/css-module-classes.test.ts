// A class that a component names and its CSS module lacks is `undefined` at run time, and nothing else says so: the layout
// is lost in silence.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const imported = /^import (\w+) from '(\.[^']+\.module\.css)'$/gm

/** As `file: name.class`. */
function undefinedClasses(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(imported)].flatMap(([, name, path]) => {
    const defined = definedClasses(join(dirname(file), String(path)))
    const used = new Set([...source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, word]) => String(word)))
    return [...used].filter((word) => !defined.has(word)).map((word) => `${file}: ${name}.${word}`)
  })
}

function definedClasses(file: string): Set<string> {
  const rules = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|"[^"]*"/g, '')
  return new Set([...rules.matchAll(/\.([a-zA-Z_]\w*)/g)].map(([, word]) => String(word)))
}

it('finds every class that a component uses in the CSS module it is imported from', () => {
  const components = globSync('renderer/**/*.tsx')
  expect(components.length).toBeGreaterThan(50)
  expect(components.flatMap(undefinedClasses)).toEqual([])
})
