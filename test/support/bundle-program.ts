// A program of the tests as one file: a process starts several times as fast from it as from the sources.
import { basename, join } from 'node:path'
import { build } from 'vite'

/** Writes it into `folder`; answers its path. What is native is loaded from where that folder lies. */
export async function bundleProgram(source: string, folder: string): Promise<string> {
  const name = `${basename(source, '.ts')}.mjs`
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      minify: true,
      rolldownOptions: { external: ['@napi-rs/keyring'], output: { entryFileNames: name, codeSplitting: false } },
    },
  })
  return join(folder, name)
}
