// Which random calls a fuzz run makes: a seed that is printed, so that a failure can be had again, and how many.

/** `FUZZ_SEED` repeats a run; otherwise each is its own. */
export function fuzzSeed(what: string): number {
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`${what}: FUZZ_SEED=${seed}`)
  return seed
}

/** `FUZZ_CASES` asks for more, or for fewer. */
export function fuzzCases(usual: number): number {
  return Number(process.env.FUZZ_CASES ?? usual)
}
