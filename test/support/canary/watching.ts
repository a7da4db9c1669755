// What is looked at while a canary run goes on, because it may be gone afterwards: files that come and go in a folder, and the
// arguments and environments of every program that this one has started, and that those have.
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { until } from '../child.ts'
import type { Capture } from './capture.ts'

/** Takes each file of the folder as often as it changes, and all of them at the end, which the answer calls. */
export function watchFolder(folder: string, place: string, capture: Capture): () => void {
  const take = (path: string) => {
    const bytes = read(path)
    if (bytes) capture.add(`${place}: ${basename(path)}`, bytes)
  }
  const watcher = watch(folder, { recursive: true }, (_, name) => name && take(join(folder, name)))
  return () => {
    watcher.close()
    takeFiles(folder, place, capture)
  }
}

/** Takes every file of a folder as it is now. */
export function takeFiles(folder: string, place: string, capture: Capture): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const bytes = entry.isFile() ? read(join(entry.parentPath, entry.name)) : null
    if (bytes) capture.add(`${place}: ${entry.name}`, bytes)
  }
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/** Milliseconds between two looks; the shortest of our commands lives five times as long. */
const often = 40

/** Looks at all descendants again and again until the answer is called; does nothing where there is no `/proc`. */
export function watchProcesses(capture: Capture): () => void {
  if (!existsSync('/proc/self/environ')) return () => undefined
  const seen = new Set<string>()
  const descendants = descendantsOf(process.pid)
  const look = () => {
    for (const { id, name } of descendants()) {
      for (const [file, what] of [
        ['cmdline', 'arguments'],
        ['environ', 'environment'],
      ] as const) {
        const bytes = read(`/proc/${id}/${file}`)
        if (!bytes || seen.has(`${id} ${file} ${bytes.toString('latin1')}`)) continue
        seen.add(`${id} ${file} ${bytes.toString('latin1')}`)
        capture.add(`${what} of ${name}`, bytes)
      }
    }
  }
  const timer = setInterval(look, often)
  return () => {
    look()
    clearInterval(timer)
  }
}

/** Lets a script run on until it was seen among the processes, however late that is; the answer waits for that. */
export function keepRunningUntilSeen(script: string, capture: Capture): () => Promise<void> {
  const unseen = `${script}.unseen`
  writeFileSync(unseen, '')
  appendFileSync(script, `while [ -e '${unseen}' ]; do sleep 0.05; done\n`)
  return async () => {
    await until(() => capture.places().has(`arguments of ${basename(script)}`), `${script} is seen`)
    rmSync(unseen)
  }
}

/** Answers all descendants at each call. Of a process that was there before it reads nothing anew: there are hundreds, and 25 looks a second. */
function descendantsOf(root: number): () => { id: number; name: string }[] {
  let parents = new Map<number, number>()
  return () => {
    const ids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
    parents = new Map(ids.map(Number).map((id) => [id, parents.get(id) ?? parentOf(id)]))
    const children = Map.groupBy(parents.keys(), (id) => parents.get(id))
    const found = [...(children.get(root) ?? [])]
    for (const id of found) found.push(...(children.get(id) ?? []))
    return found.map((id) => ({ id, name: read(`/proc/${id}/comm`)?.toString().trim() ?? '' }))
  }
}

function parentOf(id: number): number {
  return Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${id}/stat`)?.toString() ?? '')?.[1])
}
