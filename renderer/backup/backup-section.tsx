// Backups in the settings: making one, and restoring from one.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Section } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { MakeBackupDialog } from './backup-make.tsx'
import { RestoreBackupDialog } from './backup-restore.tsx'

/** The section; nothing while the vault is not open. */
export function BackupSettings() {
  const vault = useGrantdesk((state) => state.vault)
  const [dialog, setDialog] = useState<'make' | 'restore' | null>(null)
  if (vault.state !== 'open') return null
  const close = () => setDialog(null)
  return (
    <Section
      title="Backup"
      aside={
        <span className={rowStyles.inline}>
          <Button variant="default" size="xs" onClick={() => setDialog('restore')}>
            Restore from a backup
          </Button>
          <Button variant="default" size="xs" onClick={() => setDialog('make')}>
            Make a backup
          </Button>
        </span>
      }
    >
      <p className={textStyles.text}>
        One file with every connection, client and service of your own and the settings, sealed under a passphrase of
        its own. Any JOSE tool opens it (JWE, PBES2-HS512+A256KW, A256GCM). Restoring shows first what it holds and
        overwrites nothing.
      </p>
      <MakeBackupDialog
        opened={dialog === 'make'}
        asksPresent={vault.slots.some((slot) => slot.kind === 'passphrase')}
        onClose={close}
      />
      <RestoreBackupDialog opened={dialog === 'restore'} onClose={close} />
    </Section>
  )
}
