// Builds every part of the product into dist/. `node build/build.ts [part…]`
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { build } from 'vite'

const parts = ['renderer', 'main', 'preload', 'headless']
const wanted = process.argv.slice(2)
const dist = new URL('../dist/', import.meta.url)
const started = performance.now()

if (wanted.length === 0) rmSync(dist, { recursive: true, force: true })

for (const part of wanted.length > 0 ? wanted : parts) {
  process.stdout.write(`building ${part} …\n`)
  await build({ mode: part, logLevel: 'warn' })
}
const commandLine = new URL('headless/grantdesk.js', dist)
if (existsSync(commandLine)) chmodSync(commandLine, 0o755)
process.stdout.write(`built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
