// A service's certificates: authorities of its own, and the person's client certificate, shown and set.
import { Button, FileButton, Group, PasswordInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { CertificateFacts, CertificatesInput } from '../../contract/certificates.ts'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'

function CertificateLine({ subject, expiresAt }: CertificateFacts) {
  const end = expiresAt === null ? '' : `, ends on ${new Date(expiresAt).toLocaleDateString()}`
  return (
    <div>
      {subject}
      <span className={textStyles.dim}>{end}</span>
    </div>
  )
}

/** Base64 of a file's bytes. */
async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

interface FormProps {
  pending: boolean
  onSave(change: Omit<CertificatesInput, 'id'>): Promise<boolean>
}

function CertificateForm({ pending, onSave }: FormProps) {
  const [authorities, setAuthorities] = useState('')
  const [pem, setPem] = useState('')
  const [pfx, setPfx] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const nothing = authorities.trim() === '' && pem.trim() === '' && pfx === null
  const given = passphrase === '' ? {} : { passphrase }
  async function save() {
    const clientCertificate = pfx
      ? { format: 'pfx' as const, pfx: await base64(pfx), ...given }
      : { format: 'pem' as const, certificate: pem, key: pem, ...given }
    const stored = await onSave({
      ...(authorities.trim() === '' ? {} : { authorities }),
      ...(pfx || pem.trim() !== '' ? { clientCertificate } : {}),
    })
    setPassphrase('')
    if (!stored) return
    setAuthorities('')
    setPem('')
    setPfx(null)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Textarea
        label="Certificate authority"
        description="As PEM; trusted for this service alone"
        placeholder="-----BEGIN CERTIFICATE-----"
        size="xs"
        rows={3}
        mb={8}
        value={authorities}
        onChange={(event) => setAuthorities(event.currentTarget.value)}
      />
      <Textarea
        label="Client certificate and private key"
        description="Both as PEM, or choose a PFX file; the key is sealed in the vault"
        placeholder="-----BEGIN CERTIFICATE-----"
        size="xs"
        rows={3}
        mb={8}
        autoComplete="off"
        disabled={pfx !== null}
        value={pem}
        onChange={(event) => setPem(event.currentTarget.value)}
      />
      <Group gap={8} align="flex-end">
        <FileButton accept=".pfx,.p12" onChange={setPfx}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {pfx ? pfx.name : 'Choose a PFX file'}
            </Button>
          )}
        </FileButton>
        <PasswordInput
          label="Passphrase of the key"
          autoComplete="off"
          size="xs"
          w={200}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={nothing} loading={pending}>
          Save certificates
        </Button>
      </Group>
    </form>
  )
}

/** Shown where the service has some; a button opens the form. */
export function ServiceCertificates({ service }: { service: ServiceView }) {
  const [editing, setEditing] = useState(false)
  const save = useCall('services.setCertificates')
  const { authorities = [], clientCertificate = null } = service.certificates ?? {}
  const isOwn = authorities.some(({ from }) => from === 'person')
  const set = async (change: Omit<CertificatesInput, 'id'>) => {
    const { ok } = await save.call({ id: service.id, ...change })
    if (ok) setEditing(false)
    return ok
  }
  return (
    <Section title="Certificates">
      {save.failure && <FailurePanel failure={save.failure} title="This was not stored" onClose={save.clear} />}
      <Facts>
        <Fact label="Authorities">
          {authorities.map((one) => (
            <CertificateLine key={`${one.from} ${one.subject} ${one.expiresAt}`} {...one} />
          ))}
          <span className={textStyles.dim}>{authorities.length === 0 ? 'Those of this machine' : ''}</span>
          {isOwn && (
            <Button variant="default" size="compact-xs" onClick={() => void set({ authorities: null })}>
              Trust them no more
            </Button>
          )}
        </Fact>
        <Fact label="Client certificate">
          {clientCertificate ? (
            <>
              <CertificateLine {...clientCertificate} />
              <Button variant="default" size="compact-xs" onClick={() => void set({ clientCertificate: null })}>
                Forget it
              </Button>
            </>
          ) : (
            <span className={textStyles.dim}>None</span>
          )}
        </Fact>
      </Facts>
      {editing ? (
        <CertificateForm pending={save.pending} onSave={set} />
      ) : (
        <Button
          variant="default"
          size="xs"
          mt={8}
          aria-label={`Set certificates for ${service.name}`}
          onClick={() => setEditing(true)}
        >
          Set certificates
        </Button>
      )}
    </Section>
  )
}
