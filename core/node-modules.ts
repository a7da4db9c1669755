// Modules of Node that few commands need, loaded when they are needed: imported at the top of a file, each would cost every
// command several milliseconds.
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const childProcess = (): typeof import('node:child_process') => load('node:child_process')
export const tls = (): typeof import('node:tls') => load('node:tls')
