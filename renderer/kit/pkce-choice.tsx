// Chooses the code challenge method: S256, plain, or none, with what each of the weaker ones exposes.
import { NativeSelect } from '@mantine/core'
import { pkceWarnings } from '../../contract/pkce-words.ts'
import type { Pkce, ServiceView } from '../../contract/service.ts'
import { Notice } from './notice.tsx'

const words: Record<Pkce, string> = {
  S256: 'S256',
  plain: 'plain: only for a server that insists',
  off: 'off: only for a server that refuses it',
}

/** What the service's description says of it. */
export function describedPkce({ name, pkce }: Pick<ServiceView, 'name' | 'pkce'>): string {
  return `${name} is described with ${pkce}.`
}

interface PkceChoiceProps {
  value: Pkce
  description: string
  onChange: (pkce: Pkce) => void
}

export function PkceChoice({ value, description, onChange }: PkceChoiceProps) {
  return (
    <>
      <NativeSelect
        label="PKCE"
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as Pkce)}
        data={Object.entries(words).map(([pkce, label]) => ({ value: pkce, label }))}
      />
      {pkceWarnings[value] && <Notice>{pkceWarnings[value]}</Notice>}
    </>
  )
}
