// What work costs this process, whatever else the machine does: a clock on the wall would count the others' work too.

/** CPU time (ms) that this process spends on `work`. */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
