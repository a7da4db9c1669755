// From the thin beginning to the whole program: what older Nodes lack, and the compiled code of the last run where Node keeps
// it, so that a command does not compile the application anew.
import { keepCompiledCode } from './compile-cache.ts'
import { supplyOlderNode } from './older-node.ts'

export async function runProgram(argv: string[]): Promise<void> {
  supplyOlderNode()
  keepCompiledCode()
  const { run } = await import('./program.ts')
  await run(argv)
}
