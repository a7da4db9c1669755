// Shown instead of the application until the vault is open: create it, unlock it, or why neither is possible now.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { howToFree, type VaultStatus } from '../../contract/vault.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Floats } from '../kit/floats.tsx'
import { Mark } from '../kit/mark.tsx'
import { Mono } from '../kit/mono.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import gateStyles from './gate.module.css'
import { HostGone } from './host-line.tsx'
import { NewPassphrase, Passphrase } from './passphrase-form.tsx'
import classes from './vault-gate.module.css'

type Of<State extends VaultStatus['state']> = Extract<VaultStatus, { state: State }>

/** Asks for everything anew and shows it. */
function useFreshSnapshot(): () => Promise<void> {
  const apply = useGrantdesk((state) => state.apply)
  const snapshot = useCall('app.snapshot')
  return async () => {
    const now = await snapshot.call({})
    if (now.ok) apply({ kind: 'snapshot', snapshot: now.value })
  }
}

function RetryButton({ children, primary = false }: { children: string; primary?: boolean }) {
  const retry = useCall('vault.retry')
  const fresh = useFreshSnapshot()
  const again = async () => {
    if ((await retry.call({})).ok) await fresh()
  }
  return (
    <>
      <div className={classes.actions}>
        <Button variant={primary ? 'filled' : 'default'} loading={retry.pending} onClick={again}>
          {children}
        </Button>
      </div>
      {retry.failure && (
        <div style={{ marginTop: 12 }}>
          <FailurePanel failure={retry.failure} />
        </div>
      )}
    </>
  )
}

function NewVault({ vault }: { vault: Of<'new'> }) {
  return (
    <>
      <h1>Choose a passphrase for your vault</h1>
      <p>Grantdesk keeps tokens and client secrets only in a sealed vault, never in the clear.</p>
      <p className={gateStyles.why}>{vault.why}</p>
      <NewPassphrase />
    </>
  )
}

const lockedTitles: Record<Of<'locked'>['reason'], string> = {
  keychain_locked: 'Your keychain is locked',
  keychain_unavailable: 'Your keychain cannot be reached',
  passphrase_needed: 'The vault is locked',
  locked_by_hand: 'The vault is locked',
  locked_by_itself: 'The vault is locked',
}

/** Locked although its keychain may well be open: it waits for the person, and asks nobody by itself. */
const waitsForPerson = ({ reason }: Of<'locked'>) => reason === 'locked_by_hand' || reason === 'locked_by_itself'

function LockedVault({ vault }: { vault: Of<'locked'> }) {
  const keychain = vault.slots.find((slot) => slot.kind === 'keychain')
  const passphrase = vault.slots.some((slot) => slot.kind === 'passphrase')
  return (
    <>
      <h1>{lockedTitles[vault.reason]}</h1>
      {vault.reason !== 'locked_by_hand' && <p>{vault.why}</p>}
      <p className={gateStyles.why}>Nothing is lost: your connections are sealed in the vault until it is unlocked.</p>
      {keychain && (
        <RetryButton primary={!passphrase || keychain.openable}>
          {waitsForPerson(vault) ? `Unlock with ${keychain.label}` : `Ask ${keychain.label} again`}
        </RetryButton>
      )}
      {keychain && passphrase && <div className={classes.or}>or</div>}
      {passphrase && <Passphrase primary={keychain?.openable !== true} />}
      {!keychain && !passphrase && <RetryButton primary>Try again</RetryButton>}
    </>
  )
}

const hosts = { desktop: 'The Grantdesk window', serve: 'grantdesk serve', command: 'A grantdesk command' } as const

function BusyVault({ vault: { holder } }: { vault: Of<'busy'> }) {
  return (
    <>
      <h1>The vault is in use</h1>
      <p>
        {hosts[holder.host]} holds it. One process at a time may write to the vault, so that no refreshed token is lost.
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>Process</dt>
          <dd>{holder.pid}</dd>
        </div>
        <div>
          <dt>Machine</dt>
          <dd>{holder.machine}</dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            <RelativeTime at={holder.since} />
          </dd>
        </div>
      </dl>
      <p className={gateStyles.why} style={{ marginTop: 16 }}>
        {howToFree(holder)}
      </p>
      <RetryButton primary>Try again</RetryButton>
    </>
  )
}

function RecoverButton() {
  const recover = useCall('vault.recover')
  const again = useFreshSnapshot()
  const use = async () => {
    if ((await recover.call({})).ok) await again()
  }
  return (
    <>
      <div className={classes.actions}>
        <Button loading={recover.pending} onClick={use}>
          Use the last good copy
        </Button>
      </div>
      {recover.failure && (
        <div style={{ marginTop: 12 }}>
          <FailurePanel failure={recover.failure} />
        </div>
      )}
    </>
  )
}

function BrokenVault({ vault }: { vault: Of<'broken'> }) {
  return (
    <>
      <h1>The vault cannot be opened</h1>
      <p>{vault.why}</p>
      <p className={gateStyles.why}>{vault.remedy}</p>
      <dl className={classes.facts}>
        <div>
          <dt>File</dt>
          <dd>
            <Mono>{vault.file}</Mono> <CopyText text={vault.file} label="Copy path" />
          </dd>
        </div>
        {vault.lastGood && (
          <div>
            <dt>Good copy</dt>
            <dd>
              written <RelativeTime at={vault.lastGood.writtenAt} />
            </dd>
          </div>
        )}
      </dl>
      {vault.lastGood && <RecoverButton />}
      <RetryButton primary={!vault.lastGood}>Try again</RetryButton>
    </>
  )
}

function content(vault: VaultStatus): ReactNode {
  switch (vault.state) {
    case 'new':
      return <NewVault vault={vault} />
    case 'locked':
      return <LockedVault vault={vault} />
    case 'busy':
      return <BusyVault vault={vault} />
    case 'broken':
      return <BrokenVault vault={vault} />
    case 'open':
      return null
  }
}

/** Stands in place of everything else until the vault is open. */
export function VaultGate({ vault }: { vault: VaultStatus }) {
  return (
    <>
      <HostGone />
      <main className={gateStyles.page}>
        <div className={gateStyles.card}>
          <div className={gateStyles.brand}>
            <Mark />
            Grantdesk
          </div>
          {content(vault)}
        </div>
        <Floats />
      </main>
    </>
  )
}
