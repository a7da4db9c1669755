// Takes Node's own modules by `require` within the built command line. An `import` of one makes Node read each of its properties,
// and some of them load much more when they are read: those of node:fs the promises and readline, those of node:util worker
// threads and the parser of arguments. Three dozen of Node's files are a tenth of the time that a short command takes.
import type { Rolldown } from 'vite'

/** As the bundler writes it: `import fs, { a, b as c } from "node:fs";`. Namespaces (`* as`) stay as they are. */
const importOfBuiltin = /^import (?:(\w+)(?:, )?)?(\{.*\})? ?from "(node:[\w/]+)";$/gm

const makeRequire =
  'import { createRequire as makeRequire } from "node:module";\nconst requireBuiltin = makeRequire(import.meta.url);\n'

export function plainBuiltins(): Rolldown.Plugin {
  return {
    name: 'plain-builtins',
    renderChunk(code) {
      const changed = code.replaceAll(importOfBuiltin, (_, whole?: string, named?: string, id?: string) => {
        const names = [whole, named?.replaceAll(' as ', ': ')].filter((name) => name !== undefined)
        return `const ${names.map((name) => `${name} = requireBuiltin("${id}")`).join(', ')};`
      })
      return changed === code ? null : makeRequire + changed
    },
  }
}
