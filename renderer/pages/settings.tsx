// What protects the vault, how the app looks, what it does with the clipboard, and what it is.
import { Button, Kbd } from '@mantine/core'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Mono } from '../kit/mono.tsx'
import { Fact, Facts, Page, Section } from '../kit/page.tsx'
import { shortcuts } from '../shell/shortcuts.ts'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './pages.module.css'
import { PracticeSection } from './practice-section.tsx'

const slotKinds = { keychain: 'Keychain', passphrase: 'Passphrase' } as const

function VaultSection() {
  const vault = useGrantdesk((state) => state.vault)
  const file = useGrantdesk((state) => state.host.vaultFile)
  const lock = useCall('vault.lock')
  if (vault.state !== 'open') return null
  return (
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
        {vault.slots.map((slot) => (
          <Fact key={slot.id} label={slotKinds[slot.kind]}>
            {slot.label === slotKinds[slot.kind] ? 'Set' : slot.label}
            {slot.kind === 'keychain' && !slot.openable && (
              <span className={classes.dim}> · cannot be opened from here</span>
            )}
          </Fact>
        ))}
        <Fact label="File">
          <span className={classes.inline}>
            <Mono>{file}</Mono>
            <CopyText text={file} label="Copy path" />
          </span>
        </Fact>
        <Fact label="Sealed with">
          A256GCM, each record under its own id; each way to open it above holds the data key, sealed
        </Fact>
      </Facts>
    </Section>
  )
}

const hostKinds = { desktop: 'Desktop app', serve: 'grantdesk serve', command: 'grantdesk command' } as const

/** The settings page. */
export function Settings() {
  const host = useGrantdesk((state) => state.host)
  return (
    <Page title="Settings">
      <VaultSection />
      <Section title="Appearance">
        <Facts>
          <Fact label="Theme">
            <ThemeSwitch />
          </Fact>
        </Facts>
      </Section>
      <Section title="Clipboard">
        <p className={classes.text}>
          {host.clipboard
            ? 'A copied secret stays in the host, goes from there to the system’s clipboard, and leaves it after 60 seconds if it is still there.'
            : 'A copied secret comes to this tab, which puts it on the clipboard and takes it off after 60 seconds where the browser lets it look. A clipboard history may keep it longer.'}
        </p>
      </Section>
      <PracticeSection />
      <Section title="Keyboard">
        <Facts>
          {shortcuts.map(({ keys, does }) => (
            <Fact key={does} label={does}>
              {keys.map((key) => (
                <Kbd key={key} size="xs" mr={4}>
                  {key}
                </Kbd>
              ))}
            </Fact>
          ))}
        </Facts>
      </Section>
      <Section title="About">
        <Facts>
          <Fact label="Grantdesk">{host.version}</Fact>
          <Fact label="Host">{hostKinds[host.kind]}</Fact>
          <Fact label="Platform">{host.platform}</Fact>
        </Facts>
      </Section>
    </Page>
  )
}
