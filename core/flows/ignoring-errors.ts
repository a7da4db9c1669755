// Recording must not stop the operation that is recorded.

/** Runs `work` and ignores its error, whose message may quote a secret. What fails is missing in the record. */
export function ignoringErrors(work: () => void): void {
  try {
    work()
  } catch {
    // The vault was locked meanwhile, or nothing can be written: the logs try again, and say so.
  }
}
