// How strong a passphrase is as it is typed: in words beside a bar, and never by colour alone.
import classes from './passphrase-hint.module.css'
import { passphraseStrength } from './passphrase-strength.ts'

export function PassphraseHint({ passphrase }: { passphrase: string }) {
  const { level, words } = passphraseStrength(passphrase)
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
