// Kills the host again and again and keeps the score: for each operation and each way of a server with refresh tokens, counts
// the points by letting the operation run once, then kills it at each of them (or at every n-th), and has the next start judge.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleProgram } from '../support/bundle-program.ts'
import {
  type HostInput,
  type HostOutput,
  type KillRun,
  type OperationName,
  operations,
  operationsWithoutServer,
  secondSecret,
  type Verdict,
} from './messages.ts'
import { type Behaviour, behaviours, type RotationServer, startRotationServer } from './rotation-server.ts'

export interface Row {
  operation: OperationName
  behaviour: Behaviour | 'any'
  points: number
  kills: number
  counts: Record<Verdict['kind'], number>
}

export interface KillReport {
  rows: Row[]
  kills: number
  /** What must not be: each with the point of the kill. */
  failures: string[]
}

export interface KillOptions {
  /** Every how many points the host is killed; 1 for all. */
  stride: number
  /** The same for operations that no server has a part in: they have few points, and come once. */
  strideAlone?: number
  /** Which of so many points is the first. */
  seed?: number
  operations?: readonly OperationName[]
  behaviours?: readonly Behaviour[]
  processes?: number
  say?: (line: string) => void
}

interface Group {
  operation: OperationName
  behaviour: Behaviour
  row: Row
  labels: string[]
}

interface Ended {
  signal: NodeJS.Signals | null
  lines: HostOutput[]
  stderr: string
}

const good = new Set<Verdict['kind']>(['usable', 'needs attention', 'revoked'])
const seed = 'seed'

export async function runKills(options: KillOptions): Promise<KillReport> {
  const { stride, strideAlone = stride, seed: first = 0, processes = 2, say = () => undefined } = options
  const home = mkdtempSync(join(fastFolder(), 'grantdesk-kill-'))
  const server = await startRotationServer()
  const field = openField(home, server, await bundleProgram(join(import.meta.dirname, 'host.ts'), home))
  const failures: string[] = []
  let kills = 0

  try {
    await field.prepare()
    const groups = await field.rehearse(groupsFor(options), processes)
    say(`${groups.length} operations have ${groups.reduce((sum, { labels }) => sum + labels.length, 0)} points`)
    const strideOf = ({ operation }: Group) => (operationsWithoutServer.includes(operation) ? strideAlone : stride)
    const tasks = groups.flatMap((group, index) => killsOf(group, strideOf(group), first + index))
    const score = ({ task, diedAt }: Killed, verdict: Verdict) => {
      kills += 1
      task.group.row.kills += 1
      task.group.row.counts[verdict.kind] += 1
      if (good.has(verdict.kind)) return
      const { operation, behaviour } = task.group
      failures.push(`${operation} (${behaviour}), killed ${diedAt}: ${verdict.kind}: ${verdict.words}`)
    }
    const began = performance.now()
    const timer = setInterval(() => say(`${kills} of ${tasks.length} kills, ${failures.length} failures`), 10_000)
    await Promise.all(Array.from({ length: processes }, () => field.work(tasks, score)))
    clearInterval(timer)
    say(`${kills} kills in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    return { rows: groups.map(({ row }) => row), kills, failures }
  } finally {
    await server.close()
    rmSync(home, { recursive: true, force: true })
  }
}

/** A killed process loses nothing that the kernel holds, so nothing is missed where syncing costs nothing. */
function fastFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

function groupsFor({ operations: chosen = operations, behaviours: servers = behaviours }: KillOptions): Group[] {
  return chosen.flatMap((operation) =>
    (operationsWithoutServer.includes(operation) ? servers.slice(0, 1) : servers).map((behaviour): Group => {
      const counts = { usable: 0, 'needs attention': 0, revoked: 0, lost: 0, untrue: 0, 'leftover files': 0 }
      const shown = operationsWithoutServer.includes(operation) ? 'any' : behaviour
      return { operation, behaviour, labels: [], row: { operation, behaviour: shown, points: 0, kills: 0, counts } }
    }),
  )
}

interface Task {
  group: Group
  killAt: number
}

/** Each group begins elsewhere, so that together they take every kind of point whatever the stride. */
function killsOf(group: Group, stride: number, first: number): Task[] {
  return Array.from({ length: group.labels.length }, (_, at) => at + 1)
    .filter((killAt) => (killAt + first) % stride === 0)
    .map((killAt) => ({ group, killAt }))
}

function openField(home: string, server: RotationServer, program: string) {
  let number = 0
  let taken = 0

  function newCase(group: Pick<Group, 'behaviour'> & { operation: KillRun['operation'] }, killAt: number): KillRun {
    number += 1
    const folder = join(home, String(number))
    const secret = group.operation === 'client secret' ? secondSecret : undefined
    if (group.operation === 'prepare') mkdirSync(folder)
    else cpSync(join(home, seed), folder, { recursive: true })
    const name = group.operation === 'prepare' ? seed : String(number)
    server.open(name, group.behaviour, group.operation === 'prepare' ? undefined : seed, secret)
    return { name, folder, operation: group.operation, behaviour: group.behaviour, killAt }
  }

  function start(input: Omit<HostInput, 'baseUrl'>): Promise<Ended> {
    const child = spawn(process.execPath, [program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(home, 'compiled') },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdin.end(JSON.stringify({ ...input, baseUrl: server.baseUrl } satisfies HostInput))
    return new Promise((resolve) =>
      child.once('close', (_, signal) => {
        const lines = stdout.split('\n').filter(Boolean)
        // Before an error Node prints the line of the bundle it comes from: all of it.
        resolve({ signal, stderr: stderr.slice(-1500), lines: lines.map((line) => JSON.parse(line) as HostOutput) })
      }),
    )
  }

  /** Lets an operation run to its end; answers its points. */
  async function rehearsal(one: KillRun): Promise<string[]> {
    const { lines, stderr } = await start({ check: null, run: one })
    const [line] = lines
    if (!line || !('points' in line)) throw new Error(`${one.operation} (${one.behaviour}) did not end: ${stderr}`)
    return line.points
  }

  return {
    async prepare() {
      const one = newCase({ operation: 'prepare', behaviour: 'no rotation' }, 0)
      await rehearsal(one)
      cpSync(one.folder, join(home, seed), { recursive: true })
    },
    async rehearse(groups: Group[], processes: number): Promise<Group[]> {
      const left = [...groups]
      const rehearseNext = async () => {
        for (let group = left.shift(); group; group = left.shift()) {
          const one = newCase(group, 0)
          group.labels = await rehearsal(one)
          group.row.points = group.labels.length
          rmSync(one.folder, { recursive: true })
        }
      }
      await Promise.all(Array.from({ length: processes }, rehearseNext))
      return groups
    },
    /** Takes tasks until none is left. Each process checks what the one before it left behind, then dies itself. */
    async work(tasks: Task[], score: (killed: Killed, verdict: Verdict) => void) {
      let killed: Killed | null = null
      for (;;) {
        const task = tasks[taken]
        taken += 1
        if (!task && !killed) return
        const one = task ? newCase(task.group, task.killAt) : null
        const check = killed && { run: killed.one, diedAt: killed.diedAt }
        const ended = await start({ check, run: one })
        if (killed) settle(killed, ended, score)
        killed = task && one ? whatDied({ task, one }, ended) : null
      }
    },
  }
}

interface Killed {
  task: Task
  one: KillRun
  diedAt: string
}

function settle(killed: Killed, { lines, stderr }: Ended, score: (killed: Killed, verdict: Verdict) => void): void {
  const line = lines.find((found) => 'verdict' in found)
  score(killed, line && 'verdict' in line ? line.verdict : { kind: 'lost', words: stderr })
  rmSync(killed.one.folder, { recursive: true, force: true })
}

/** With other timing an operation may take fewer steps: then it ended before its last point, and was not killed. */
function whatDied(run: Omit<Killed, 'diedAt'>, { signal, lines, stderr }: Ended): Killed | null {
  const line = lines.find((found) => 'diedAt' in found)
  if (signal === 'SIGKILL') return { ...run, diedAt: line && 'diedAt' in line ? line.diedAt : '' }
  rmSync(run.one.folder, { recursive: true, force: true })
  if (stderr !== '') throw new Error(stderr)
  return null
}
