// The vault in the settings: the ways to open it, by their true names, and changing them. Says beforehand what is refused:
// the last way stays.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { KeySlot, VaultStatus } from '../../contract/vault.ts'
import { Confirm } from '../kit/confirm.tsx'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { dayWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { toast } from '../kit/toasts.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { PassphraseDialog } from './settings-passphrase.tsx'

type Open = Extract<VaultStatus, { state: 'open' }>

function slotWords(slot: KeySlot): string {
  if (slot.kind === 'keychain') {
    if (!slot.openable) return 'Cannot be opened in this way of running.'
    const before = slot.madeWith ? ` It was ${slot.madeWith} when this was added.` : ''
    return `The system’s keychain holds the key.${before}`
  }
  if (slot.derivation === null) return 'Its entry is damaged: it opens nothing any more.'
  return slot.setAt === null ? slot.derivation : `${slot.derivation}, set ${dayWords(slot.setAt)}`
}

interface SlotRowProps {
  slot: KeySlot
  last: boolean
  onChange(): void
  onRemove(): void
}

function SlotRow({ slot, last, onChange, onRemove }: SlotRowProps) {
  return (
    <li className={rowStyles.row}>
      <span className={rowStyles.rowName}>{slot.label}</span>
      <span className={textStyles.dim}>{slotWords(slot)}</span>
      {slot.kind === 'passphrase' && (
        <Button variant="default" size="xs" onClick={onChange}>
          Change
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        aria-label={`Remove ${slot.label}`}
        aria-describedby={last ? 'last-way' : undefined}
        disabled={last}
        onClick={onRemove}
      >
        Remove
      </Button>
    </li>
  )
}

function KeySlots({ vault }: { vault: Open }) {
  const add = useCall('vault.addKeychain')
  const remove = useCall('vault.removeSlot')
  const [asking, setAsking] = useState(false)
  const [leaving, setLeaving] = useState<KeySlot | null>(null)
  const { slots } = vault
  const hasPassphrase = slots.some((slot) => slot.kind === 'passphrase')
  const hasKeychain = slots.some((slot) => slot.kind === 'keychain' && slot.openable)

  async function addKeychain() {
    const answer = await add.call({})
    if (answer.ok) toast({ message: 'The system’s keychain opens the vault, too.', tone: 'good' })
  }

  async function removeSlot() {
    if (leaving === null) return
    const answer = await remove.call({ id: leaving.id })
    if (!answer.ok) return
    setLeaving(null)
    toast({ message: `${leaving.label} opens the vault no more.`, tone: 'good' })
  }

  return (
    <Section
      title="Ways to open the vault"
      aside={
        <span className={rowStyles.inline}>
          {!hasPassphrase && (
            <Button variant="default" size="xs" onClick={() => setAsking(true)}>
              Add passphrase
            </Button>
          )}
          {!hasKeychain && (
            <Button variant="default" size="xs" loading={add.pending} onClick={() => void addKeychain()}>
              Add keychain
            </Button>
          )}
        </span>
      }
    >
      {add.failure && <FailurePanel failure={add.failure} title="The keychain was not added" onClose={add.clear} />}
      <ul className={rowStyles.rows} aria-label="Ways to open the vault">
        {slots.map((slot) => (
          <SlotRow
            key={slot.id}
            slot={slot}
            last={slots.length === 1}
            onChange={() => setAsking(true)}
            onRemove={() => setLeaving(slot)}
          />
        ))}
      </ul>
      {slots.length === 1 && (
        <p className={textStyles.text} id="last-way">
          The only way to open the vault stays. Add another one before you remove it.
        </p>
      )}
      <PassphraseDialog opened={asking} change={hasPassphrase} onClose={() => setAsking(false)} />
      <Confirm
        opened={leaving !== null}
        title={`Remove ${leaving?.label}?`}
        action="Remove"
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={() => void removeSlot()}
        onClose={() => {
          remove.clear()
          setLeaving(null)
        }}
      >
        {leaving && removalWords(leaving, slots)}
      </Confirm>
    </Section>
  )
}

function removalWords(leaving: KeySlot, slots: KeySlot[]): string {
  const left = slots.filter(({ id }) => id !== leaving.id).map(({ label }) => label)
  const rest = `The vault then opens with ${left.join(' or ')} alone.`
  return leaving.kind === 'keychain' && leaving.openable ? `${rest} The keychain’s own entry is removed, too.` : rest
}

/** How the vault stands and the ways to open it; nothing while it is not open. */
export function VaultSettings() {
  const vault = useGrantdesk((state) => state.vault)
  const file = useGrantdesk((state) => state.host.vaultFile)
  const lock = useCall('vault.lock')
  if (vault.state !== 'open') return null
  return (
    <>
      <Section
        title="Vault"
        aside={
          <Button variant="default" size="xs" loading={lock.pending} onClick={() => lock.call({})}>
            Lock vault
          </Button>
        }
      >
        {lock.failure && <FailurePanel failure={lock.failure} onClose={lock.clear} />}
        <Facts>
          <Fact label="Opened with">{vault.openedWith}</Fact>
          <Fact label="File">
            <span className={rowStyles.inline}>
              <Mono>{file}</Mono>
              <CopyText text={file} label="Copy path" />
            </span>
          </Fact>
          <Fact label="Sealed with">
            A256GCM, each record under its own id; each way to open it holds the data key, sealed
          </Fact>
        </Facts>
      </Section>
      <KeySlots vault={vault} />
    </>
  )
}
