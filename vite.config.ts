// How each part is built; `build/build.ts` builds them all. One mode a part, so that `vite build --mode renderer` works too.
import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown, type UserConfig } from 'vite'
import { plainBuiltins } from './build/plain-builtins.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The page's nonce is set by the host each time it serves the page. */
const noncePlaceholder = '__GRANTDESK_NONCE__'

/** Both entries run as soon as they are loaded: they can be no part of a file that the other loads. */
const notAnEntry = (id: string) => !/[\\/]renderer[\\/](tab|window)\.(tsx|html)/.test(id)

/** Mantine can be scaled as a whole, and here never is: its sizes are as good without the factor, which is in every one of them. */
const unscaled: Plugin = {
  name: 'unscaled',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('@mantine/core/styles/')
      ? code.replace(/calc\((-?[\d.]+rem) \* var\(--mantine-scale\)\)/g, '$1')
      : null,
}

const scopes = new Map<string, string>()

/** A class and the file that it is of: all that has to be told apart, in few bytes. Throws where two files would get the same. */
function scopedName(name: string, file: string): string {
  const path = relative(at('renderer'), file.split('?')[0] ?? file)
  const hash = Number.parseInt(createHash('sha256').update(path).digest('hex').slice(0, 10), 16)
  // Three small letters or digits, which a style sheet has many of, and which so take least room once it is compressed.
  const scope = (hash % 36 ** 3).toString(36)
  const other = scopes.get(scope) ?? path
  if (other !== path) throw new Error(`The classes of ${path} and of ${other} get the same names: rename one file.`)
  scopes.set(scope, path)
  return `${name}_${scope}`
}

const renderer: UserConfig = {
  root: at('renderer'),
  plugins: [react(), unscaled],
  html: { cspNonce: noncePlaceholder },
  css: { modules: { generateScopedName: scopedName } },
  build: {
    outDir: at('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // One file of styles: it is small, and what comes last in it wins, whichever screen is opened first.
    cssCodeSplit: false,
    rolldownOptions: {
      input: [at('renderer/window.html'), at('renderer/tab.html')],
      // The page knows the contract by its types and words. Nothing that makes a schema does anything else: they stay out, and
      // Zod with them, a fifth of the script that a window begins with.
      treeshake: { manualPureFunctions: ['z', 'lazyObject', 'lazyUnion'] },
      // What every page begins with in one file, in the order of its imports; the screens are files of their own.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: notAnEntry }] } },
    },
  },
}

/** What every command needs that opens a vault, whether another process holds it or not. */
const everyCommand = ['headless/session.ts', 'headless/run-to-end.ts'].map(at)

/**
 * An entry runs when it is loaded: what it begins with is a file of its own, which the later ones can load, too. Of what is
 * loaded later, few files, because each takes a command time to find, read and link: what every command needs, what several parts
 * need of contract and core, and each part. Other shared modules stay apart, because some are slow to load (the tables of
 * string-width) and most commands do without them.
 */
const inParts = (entry: string): Rolldown.OutputOptions => ({
  format: 'es',
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: [
      { name: 'first', priority: 3, tags: ['$initial'], test: (id: string) => id !== at(entry) },
      { name: 'session', priority: 2, test: (id: string) => everyCommand.includes(id) },
      { name: 'shared', priority: 1, minShareCount: 2, test: /[\\/](contract|core)[\\/]/ },
    ],
  },
})

/** What libraries ask for and never use here, and what they ask for in a way that takes long; each file says why. */
const substitutes = [
  { find: /^ajv(-formats|\/.*)$/, replacement: at('build/no-ajv.ts') },
  { find: /^semver$/, replacement: at('build/no-semver.ts') },
  { find: /^(node:)?process$/, replacement: at('build/this-process.ts') },
  { find: /^when-exit$/, replacement: at('build/no-when-exit.ts') },
]

/**
 * A part that runs in Node, but for what is native or given by the runtime. What is imported when it is needed becomes a file
 * of its own beside the entry, named as it is so that a build writes over the one before; `whole` keeps all in one file.
 */
function nodePart(
  entry: string,
  outDir: string,
  file: string,
  more: { whole?: 'cjs'; banner?: string; plugins?: Rolldown.Plugin[] } = {},
) {
  return {
    publicDir: false,
    resolve: { alias: substitutes },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: at(entry),
      outDir: at(outDir),
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        plugins: more.plugins ?? [],
        external: ['electron', '@napi-rs/keyring'],
        // koa's deprecation notices use a direct eval; they name functions and nothing else.
        checks: { eval: false },
        output: {
          entryFileNames: file,
          ...(more.whole ? { format: more.whole, codeSplitting: false } : inParts(entry)),
          ...(more.banner ? { postBanner: ({ isEntry }) => (isEntry ? (more.banner ?? '') : '') } : {}),
        },
      },
    },
  } satisfies UserConfig
}

const commandLine = (outDir: string) =>
  nodePart('headless/grantdesk.ts', outDir, 'grantdesk.js', {
    banner: '#!/usr/bin/env node',
    plugins: [plainBuiltins()],
  })

const parts: Record<string, UserConfig> = {
  renderer,
  main: nodePart('electron/main.ts', 'dist/electron', 'main.js'),
  preload: nodePart('electron/preload/preload.ts', 'dist/electron', 'preload.cjs', { whole: 'cjs' }),
  headless: commandLine('dist/headless'),
  // The same for tests that start it a thousand times. That a key comes quickly of a passphrase there can only be had by
  // building it so: nothing that a process is given changes it.
  quick: {
    ...commandLine('test/built/headless'),
    resolve: {
      alias: [...substitutes, { find: /^.*\/passphrase-rounds\.ts$/, replacement: at('test/support/few-rounds.ts') }],
    },
  },
}

export default defineConfig(({ mode }) => {
  // Tools that only look at the configuration ask in Vite's own mode.
  const part = mode === 'development' ? renderer : parts[mode]
  if (!part) throw new Error(`No such part: ${mode}. Parts: ${Object.keys(parts).join(', ')}`)
  return part
})
