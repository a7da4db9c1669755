// How strong a passphrase is as it is typed: in words beside a bar, and never by colour alone.
import classes from './passphrase-hint.module.css'
import { passphraseStrength } from './passphrase-strength.ts'
import { useGuesses } from './use-guesses.ts'

export function PassphraseHint({ passphrase }: { passphrase: string }) {
  const { level, words } = passphraseStrength(passphrase, useGuesses(passphrase))
  return (
    <p className={classes.hint} role="status">
      <span className={classes.bar} data-level={level} aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      {words}
    </p>
  )
}
