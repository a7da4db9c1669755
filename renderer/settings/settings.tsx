// What protects the vault, how the app looks, what it does with the clipboard, and what it is.
import { Kbd } from '@mantine/core'
import { BackupSettings } from '../backup/backup-section.tsx'
import { DamagedRecords } from '../damage/damaged-records.tsx'
import { Fact, Facts, Page, Section } from '../kit/page.tsx'
import { shortcuts } from '../kit/shortcuts.ts'
import textStyles from '../kit/text.module.css'
import { PracticeSection } from '../practice/practice-services.tsx'
import { useGrantdesk } from '../state/store.ts'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { KeepSettings } from './settings-keep.tsx'
import { LockSettings } from './settings-lock.tsx'
import { ProxySettings } from './settings-proxy.tsx'
import { VaultSettings } from './settings-vault.tsx'

const hostKinds = { desktop: 'Desktop app', serve: 'grantdesk serve', command: 'grantdesk command' } as const

/** The settings page. */
export function Settings() {
  const host = useGrantdesk((state) => state.host)
  return (
    <Page title="Settings">
      <DamagedRecords />
      <VaultSettings />
      <LockSettings />
      <BackupSettings />
      <KeepSettings />
      <ProxySettings />
      <Section title="Appearance">
        <Facts>
          <Fact label="Theme">
            <ThemeSwitch />
          </Fact>
        </Facts>
      </Section>
      <Section title="Clipboard">
        <p className={textStyles.text}>
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
