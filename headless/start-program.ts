// From the thin beginning to the whole program: what older Nodes lack, and the compiled code of the last run where Node keeps
// it, so that a command does not compile the application anew.
import { keepCompiledCode } from './compile-cache.ts'
import { supplyOlderNode } from './older-node.ts'

/** Reads `argv` by the table of commands, and does what it says. */
export async function runProgram(argv: string[]): Promise<void> {
  prepare()
  const { run } = await import('./program.ts')
  await run(argv)
}

/** `grantdesk token NAME`, which scripts call again and again: without the table of commands. */
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

/** Zod compiles what checks objects as a host wants it, which uses each many times; a command uses each once or twice. */
function interpretSchemas(): void {
  // Where Zod keeps its configuration: it is read while schemas are made, before anything here could call it.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
}
