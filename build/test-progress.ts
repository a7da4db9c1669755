// Says how far a run of the tests is: every so often which project has how many files behind it, and of each file that takes
// long how many of its tests. Owns no verdict; what passed and failed is the other reporters' to report.
import { relative } from 'node:path'
import type { Reporter } from 'vitest/node'

/** After this (ms) a file is named while it runs; so often a line is written. */
const long = 20_000

interface Running {
  file: string
  since: number
  tests: number
  done: number
}

/** A reporter that hands each line to `say`. */
export function testProgress(root: string, say: (line: string) => void): Reporter {
  const projects = new Map<string, { files: number; done: number }>()
  const running = new Map<string, Running>()
  let timer: NodeJS.Timeout | undefined

  function fileLine({ file, since, tests, done }: Running): string[] {
    const ms = performance.now() - since
    const howFar = tests === 0 ? 'loading' : `${done} of ${tests} tests`
    return ms < long ? [] : [`  ${file}: ${howFar} after ${(ms / 1000).toFixed(0)} s`]
  }

  function report(): void {
    const parts = [...projects].map(([name, { files, done }]) => `${name} ${done} of ${files} files`)
    say(parts.join(', '))
    for (const line of [...running.values()].flatMap(fileLine)) say(line)
  }

  return {
    onTestRunStart(specifications) {
      for (const { project } of specifications) {
        const counted = projects.get(project.name) ?? { files: 0, done: 0 }
        projects.set(project.name, { ...counted, files: counted.files + 1 })
      }
      timer = setInterval(report, long)
    },
    onTestModuleQueued({ id, moduleId }) {
      running.set(id, { file: relative(root, moduleId), since: performance.now(), tests: 0, done: 0 })
    },
    onTestModuleCollected({ id, children }) {
      const one = running.get(id)
      if (one) one.tests = [...children.allTests()].length
    },
    onTestCaseResult({ module }) {
      const one = running.get(module.id)
      if (one) one.done += 1
    },
    onTestModuleEnd(module) {
      running.delete(module.id)
      const counted = projects.get(module.project.name)
      if (counted) counted.done += 1
    },
    onTestRunEnd() {
      clearInterval(timer)
      report()
    },
  }
}
