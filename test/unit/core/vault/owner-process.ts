// A process of its own that takes a vault: prints the answer, then lives until its standard input ends.
import { fileOwnership } from '../../../../core/vault/ownership.ts'

const [folder = '', startAt = '0'] = process.argv.slice(2)
// Everybody begins in the same millisecond, so that they do race; until shortly before, nobody is in the others' way.
await new Promise((resolve) => setTimeout(resolve, Number(startAt) - Date.now() - 20))
while (Date.now() < Number(startAt));
const answer = fileOwnership(folder, 'command', { now: () => Date.now() }).take()
console.log(JSON.stringify(answer))
process.stdin.resume()
process.stdin.on('end', () => process.exit())
