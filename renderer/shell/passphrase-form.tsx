// The two forms that take a passphrase. It lives in the field's own state, and only until the call is answered.
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { shortestPassphrase } from '../../contract/vault.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { passphraseProblem } from '../passphrase/passphrase-problem.ts'
import { useCall } from '../state/use-call.ts'
import gateStyles from './gate.module.css'
import classes from './passphrase-form.module.css'

const field = { autoComplete: 'off', spellCheck: false } as const

/** Makes the vault under a passphrase typed twice. */
export function NewPassphrase() {
  const create = useCall('vault.create')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = passphraseProblem(first, second)
    setProblem(found)
    if (found !== null) return
    const passphrase = first
    setFirst('')
    setSecond('')
    await create.call({ passphrase })
  }
  const tooShort = problem !== null && first.length < shortestPassphrase
  return (
    <form className={classes.form} onSubmit={submit} autoComplete="off">
      <PasswordInput
        {...field}
        label="Passphrase"
        description={`At least ${shortestPassphrase} characters. It cannot be recovered: without it the vault stays shut.`}
        value={first}
        onChange={(event) => setFirst(event.currentTarget.value)}
        error={tooShort ? problem : null}
        autoFocus
      />
      <PasswordInput
        {...field}
        label="Passphrase again"
        value={second}
        onChange={(event) => setSecond(event.currentTarget.value)}
        error={tooShort ? null : problem}
      />
      {create.failure && <FailurePanel failure={create.failure} />}
      <div>
        <Button type="submit" loading={create.pending}>
          Create vault
        </Button>
      </div>
    </form>
  )
}

/** Unlocks the vault by its passphrase. */
export function Passphrase({ primary }: { primary: boolean }) {
  const unlock = useCall('vault.unlock')
  const [refused, setRefused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const [passphrase, setPassphrase] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '' || unlock.pending) return
    const typed = passphrase
    setPassphrase('')
    const answer = await unlock.call({ passphrase: typed })
    if (answer.ok) return
    setRefused(answer.failure.kind === 'wrong_passphrase')
    input.current?.focus()
  }
  return (
    <form className={classes.form} onSubmit={submit} autoComplete="off">
      <PasswordInput
        {...field}
        ref={input}
        label="Passphrase"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoFocus={primary}
      />
      {unlock.failure && <FailurePanel failure={unlock.failure} />}
      <div className={classes.submit}>
        <Button type="submit" variant={primary ? 'filled' : 'default'} loading={unlock.pending}>
          Unlock
        </Button>
        <span className={gateStyles.why} role="status">
          {refused && unlock.pending ? 'Wrong passphrases slow down; checking …' : ''}
        </span>
      </div>
    </form>
  )
}
