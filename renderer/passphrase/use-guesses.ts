// Counts the guesses that a passphrase would take, a moment after it was typed: the count takes longer than a key.
import { useEffect, useState } from 'react'

const pause = 150

/** As a power of ten; `null` while they are being counted, `unknown` where what counts them did not come. */
export function useGuesses(passphrase: string): number | 'unknown' | null {
  const [counted, setCounted] = useState<{ of: string; guesses: number | 'unknown' } | null>(null)
  useEffect(() => {
    // It is large: what is typed first should not wait for it.
    import('./guess-count.ts').catch(() => undefined)
  }, [])
  useEffect(() => {
    if (passphrase === '') return
    let current = true
    const count = async () => {
      const guesses = await import('./guess-count.ts').then(
        ({ guessesLog10 }) => guessesLog10(passphrase),
        () => 'unknown' as const,
      )
      if (current) setCounted({ of: passphrase, guesses })
    }
    const timer = setTimeout(() => void count(), pause)
    return () => {
      current = false
      clearTimeout(timer)
      // What was typed is not kept longer than its field.
      setCounted(null)
    }
  }, [passphrase])
  return counted?.of === passphrase ? counted.guesses : null
}
