// The entry of the command line: checks Node's version, then does what needs almost nothing loaded (`--version`, `token` through a
// host), then loads the program.
import { findInstallation } from './installation.ts'
import { printTokenThroughHost, tokenName } from './token-through-host.ts'

/** What undici 7 needs. */
const oldestNode = [20, 18, 1]

function isOlder(version: string): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10))
  const at = oldestNode.findIndex((part, index) => part !== parts[index])
  return at >= 0 && (parts[at] ?? 0) < (oldestNode[at] ?? 0)
}

async function main(words: string[]): Promise<void> {
  if (isOlder(process.versions.node)) {
    process.stderr.write(
      `Grantdesk needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.\n`,
    )
    process.exitCode = 1
    return
  }
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${findInstallation().version}\n`)
    return
  }
  if (words[0] === 'serve') (await import('./small-heap.ts')).restartWithSmallHeap()
  const name = tokenName(words)
  // The program meets the same error again, and has the message for it.
  if (name !== null) await printTokenThroughHost(name).catch(() => undefined)
  const { runProgram, runToken } = await import('./start-program.ts')
  if (name === null) return runProgram(process.argv)
  return runToken(name, { passphraseStdin: words.includes('--passphrase-stdin') })
}

// Not awaited: modules that are loaded later import parts of this file, and would wait for it to finish.
main(process.argv.slice(2)).catch(({ code }: NodeJS.ErrnoException) => {
  process.stderr.write(`grantdesk: It could not be started (${code ?? 'no reason given'}).\n`)
  process.exitCode = 1
})
