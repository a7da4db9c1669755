// The architecture's arrows: who may import whom. Read off the code's own import statements.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Each layer, and the layers it may import besides itself. */
const arrows: Record<string, string[]> = {
  contract: [],
  core: ['contract'],
  electron: ['contract', 'core', 'practice'],
  headless: ['contract', 'core', 'practice'],
  renderer: ['contract'],
  practice: [],
}

/** Packages that only one layer may import. */
const owned: Record<string, RegExp> = {
  electron: /^(electron|electron-store)(\/|$)/,
  headless: /^(commander|conf|@napi-rs\/keyring)(\/|$)/,
  renderer: /^(react|react-dom|zustand|@mantine\/.*|@codemirror\/.*|@tabler\/.*|@tanstack\/.*|@zxcvbn-ts\/.*)(\/|$)/,
  practice: /^oidc-provider(\/|$)/,
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\.tsx?$/.test(extname(entry.name)) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const pattern = /(?:^|\n)\s*(?:import|export)[^'"()]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '')
}

const layers = Object.keys(arrows)
const layerOf = (path: string) => relative(root, path).split('/')[0] ?? ''

function violations(layer: string): string[] {
  const allowed = [layer, ...(arrows[layer] ?? [])]
  return sources(layer).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => {
        if (specifier.startsWith('.')) return !allowed.includes(layerOf(resolve(dirname(file), specifier)))
        return Object.entries(owned).some(([owner, packages]) => owner !== layer && packages.test(specifier))
      })
      .map((specifier) => `${relative(root, file)} imports ${specifier}`),
  )
}

it.each(layers)('%s imports only what it may', (layer) => {
  expect(violations(layer)).toEqual([])
})

it.each(layers)('no two files of %s need each other', (layer) => {
  const files = sources(layer)
  const needs = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(file), specifier)),
    ]),
  )
  const done = new Set<string>()
  const circle = (file: string, way: string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return null
    const found = (needs.get(file) ?? []).map((next) => circle(next, [...way, file])).find((one) => one !== null)
    done.add(file)
    return found ?? null
  }
  const circles = files.map((file) => circle(file, [])).filter((one) => one !== null)
  expect(circles.map((way) => way.map((file) => relative(root, file)))).toEqual([])
})

/** The folder of a file; a file that lies in the layer’s own folder counts as a folder of its own. */
function folderOf(layer: string, file: string): string {
  const folder = relative(root, dirname(file))
  return folder === layer ? relative(root, file) : folder
}

/** Each folder of a layer with the folders that its files import from. */
function folderNeeds(layer: string): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const file of sources(layer)) {
    const folder = folderOf(layer, file)
    const needed = importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => folderOf(layer, resolve(dirname(file), specifier)))
      .filter((other) => other.startsWith(`${layer}/`) && other !== folder)
    needs.set(folder, new Set([...(needs.get(folder) ?? []), ...needed]))
  }
  return needs
}

/** The first way from a folder back to itself, or `null`. */
function folderCycle(needs: Map<string, Set<string>>): string[] | null {
  const done = new Set<string>()
  const follow = (folder: string, way: string[]): string[] | null => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder]
    if (done.has(folder)) return null
    for (const next of needs.get(folder) ?? []) {
      const found = follow(next, [...way, folder])
      if (found) return found
    }
    done.add(folder)
    return null
  }
  for (const folder of needs.keys()) {
    const found = follow(folder, [])
    if (found) return found
  }
  return null
}

it.each(layers)('no folders of %s need each other in a circle', (layer) => {
  expect(folderCycle(folderNeeds(layer))).toBeNull()
})

it('contract and renderer use no Node', () => {
  const nodeImports = ['contract', 'renderer'].flatMap((layer) =>
    sources(layer).filter((file) => importsOf(file).some((specifier) => specifier.startsWith('node:'))),
  )
  expect(nodeImports).toEqual([])
})

it('no file is longer than 300 lines, but for the catalogue’s data', () => {
  const long = layers
    .flatMap(sources)
    .filter((file) => !file.includes('/catalogue/') && readFileSync(file, 'utf8').split('\n').length > 301)
  expect(long.map((file) => relative(root, file))).toEqual([])
})
