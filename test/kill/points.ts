// Counts every write and every network step of this process, and ends it at the one that was asked for, as a power
// cut or `kill -9` would: before the step, half-way through a write, or after it. Loaded before anything that writes,
// because it stands in the place of the file system's functions; the product knows nothing of it.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import type { HostOutput } from './messages.ts'

let counting = false
let passed = 0
let target = 0
const labels: string[] = []

/** Begins to count; the process dies at the `killAt`-th point, or never where that is 0. */
export function arm(killAt: number): void {
  counting = true
  target = killAt
}

/** Ends counting; answers what each point was. */
export function disarm(): string[] {
  counting = false
  return labels
}

/** One point at which the process may die. */
export function point(label: string): void {
  if (!counting) return
  passed += 1
  labels.push(label)
  if (passed === target) die(label)
}

/** Whether the next point is the last one: then a write gets only half of its bytes. */
function isNext(): boolean {
  return counting && passed + 1 === target
}

/** Says at which point: with other timing it is another one than in the rehearsal. */
function die(label: string): never {
  real.writeSync(1, `${JSON.stringify({ diedAt: label } satisfies HostOutput)}\n`)
  process.kill(process.pid, 'SIGKILL')
  // The signal has been sent; not one line more may run.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

/** The file system without points: for what would be another process. */
export const real = { ...fs }

/** What a name is without what is random of it. */
function plain(path: unknown): string {
  return basename(String(path))
    .replace(/tmp-[0-9a-f]+/, 'tmp')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'token')
}

function half(data: unknown): string {
  const text = String(data)
  return text.slice(0, Math.floor(text.length / 2))
}

type Call = (...args: never[]) => unknown

/** Node's own functions call each other; only the outermost is a step. */
let within = false

/** Runs `write` after a point, or half of it as the last thing that happens. */
function step<T>(label: string, write: () => T, writeHalf?: () => void): T {
  if (within) return write()
  within = true
  try {
    point(`before ${label}`)
    if (writeHalf && isNext()) writeHalf()
    if (writeHalf) point(`half-way in ${label}`)
    return write()
  } finally {
    within = false
  }
}

/** A step that happens wholly or not at all. */
function whole<F extends Call>(name: string, call: F): F {
  return ((...args: never[]) => step(`${name} ${plain(args[0])}`, () => call(...args))) as unknown as F
}

const names = new Map<number, string>()

// Syncing is no step: it changes nothing of what a killed process leaves behind.
fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode = 'r', mode?: fs.Mode) => {
  const open = () => real.openSync(path, flags, mode)
  const reads =
    flags === 'r' || (typeof flags === 'number' && (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) === 0)
  const descriptor = reads ? open() : step(`open ${plain(path)}`, open)
  names.set(descriptor, plain(path))
  return descriptor
}) as typeof fs.openSync

fs.writeSync = ((descriptor: number, data: Buffer, offset: number, length: number, position: number) =>
  step(
    `write ${names.get(descriptor) ?? ''}`,
    () => real.writeSync(descriptor, data, offset, length, position),
    () => real.writeSync(descriptor, data, offset, Math.floor(length / 2), position),
  )) as unknown as typeof fs.writeSync

fs.writeFileSync = ((path: fs.PathOrFileDescriptor, data: string, options?: fs.WriteFileOptions) =>
  step(
    `write ${typeof path === 'number' ? (names.get(path) ?? '') : plain(path)}`,
    () => real.writeFileSync(path, data, options),
    () => real.writeFileSync(path, half(data), options),
  )) as typeof fs.writeFileSync

fs.renameSync = whole('rename', real.renameSync)
fs.linkSync = whole('link', real.linkSync)
fs.copyFileSync = whole('copy', real.copyFileSync)
fs.unlinkSync = whole('remove', real.unlinkSync)
fs.rmSync = ((path: fs.PathLike, options?: fs.RmOptions) => {
  // Nothing there, nothing done.
  if (real.existsSync(path)) whole('remove', real.rmSync as Call)(path as never, options as never)
}) as typeof fs.rmSync
syncBuiltinESMExports()

/** The network with a point before each request and one after each answer, of which nobody has seen anything yet. */
export function pointedFetch(headers: Record<string, string>): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const sent = new Headers(init?.headers)
    for (const [name, value] of Object.entries(headers)) sent.set(name, value)
    point(`before the request to ${pathname}`)
    const response = await fetch(input, { ...init, headers: sent })
    const body = await response.arrayBuffer()
    point(`after the answer of ${pathname}`)
    return new Response(body.byteLength === 0 ? null : body, response)
  }
}
