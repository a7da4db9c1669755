// Loads the program: adds what older versions of Node lack, and enables the compile cache.
import { keepCompiledCode } from './compile-cache.ts'
import { supplyOlderNode } from './older-node.ts'

/** Parses `argv` and runs the command. */
export async function runProgram(argv: string[]): Promise<void> {
  prepare()
  const { run } = await import('./program.ts')
  await run(argv)
}

/** `grantdesk token NAME`, which scripts run often, without loading the table of commands. */
export async function runToken(name: string, options: { passphraseStdin: boolean }): Promise<void> {
  prepare()
  interpretSchemas()
  const [{ runToEnd }, { printToken }] = await Promise.all([import('./run-to-end.ts'), import('./commands/token.ts')])
  await runToEnd(async () => {
    await printToken(name, options)
    return 0
  })
}

function prepare(): void {
  supplyOlderNode()
  keepCompiledCode()
}

/** Keeps Zod from compiling schemas, which is worth it only in a host: a command uses each once or twice. */
function interpretSchemas(): void {
  // Zod reads this while its schemas are created, before `z.config` could be called.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
}
