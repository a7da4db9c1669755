// What would take many minutes whole, `npm test` takes a sample of: another one each time, drawn by a seed that is printed, so that
// a failure can be had again. `npm run test:whole` takes all of it.

/** Whether all is taken. */
export const takesAll = process.env.TEST_WHOLE === '1'

/** `FUZZ_SEED` repeats a run; otherwise each is its own. */
export function fuzzSeed(what: string): number {
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`${what}: FUZZ_SEED=${seed}`)
  return seed
}

/** How many random calls are made; `FUZZ_CASES` asks for another number. */
export function fuzzCases(sample: number, whole: number): number {
  return Number(process.env.FUZZ_CASES ?? (takesAll ? whole : sample))
}
