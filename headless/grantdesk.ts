// The command line's way in. Owns nothing but the order: first whether this Node will do, then what older ones lack, then
// the program, which loads only what the command needs.
import { supplyOlderNode } from './older-node.ts'

const oldest = 20

if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(`Grantdesk needs Node ${oldest} or newer; this is Node ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  supplyOlderNode()
  const { run } = await import('./program.ts')
  await run(process.argv)
}
