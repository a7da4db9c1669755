// How services are reached, in the settings: as the environment or the system says, directly, or by a proxy of one's own.
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ProxySettings as Choice } from '../../contract/settings.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { useSettingsSave } from './use-settings-save.ts'

const modes: { value: Choice['mode']; label: string }[] = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'off', label: 'None' },
  { value: 'own', label: 'Own proxy' },
]

const blank = { mode: 'own' as const, address: '', user: '', notFor: '' }

interface OwnProxyProps {
  proxy: Extract<Choice, { mode: 'own' }>
  pending: boolean
  onSave(proxy: Choice, password: string): void
}

function OwnProxy({ proxy, pending, onSave }: OwnProxyProps) {
  const [typed, setTyped] = useState(proxy)
  const [password, setPassword] = useState('')
  const change = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSave(typed, password)
        setPassword('')
      }}
    >
      <PastedField
        kind="address"
        label="Address"
        description="http, https, socks5 or socks4, with its port"
        placeholder="http://proxy.example:3128"
        size="xs"
        mb={8}
        maw={360}
        value={typed.address}
        onValue={(address) => change({ address })}
      />
      <Group gap={8} mb={8} align="flex-end">
        <PastedField
          kind="username"
          label="User name"
          description="If it asks for one"
          autoComplete="off"
          size="xs"
          value={typed.user}
          onValue={(user) => change({ user })}
        />
        <PastedField
          kind="password"
          secret
          label="Password"
          description="Sealed in the vault; leave it empty to keep it"
          autoComplete="off"
          size="xs"
          w={280}
          disabled={typed.user === ''}
          value={password}
          onValue={setPassword}
        />
      </Group>
      <TextInput
        label="Not for"
        description="Hosts, domains and address ranges that are reached directly, as in NO_PROXY"
        placeholder="intranet.example, 10.0.0.0/8"
        size="xs"
        mb={8}
        maw={360}
        value={typed.notFor}
        onChange={(event) => change({ notFor: event.currentTarget.value })}
      />
      <Button type="submit" size="xs" loading={pending} disabled={typed.address.trim() === ''}>
        Use this proxy
      </Button>
    </form>
  )
}

/** The proxy for services; nothing while the vault is not open. */
export function ProxySettings() {
  const open = useGrantdesk((state) => state.vault.state === 'open')
  const { kind } = useGrantdesk((state) => state.host)
  const { proxy } = useGrantdesk((state) => state.settings)
  const saving = useSettingsSave()
  const setPassword = useCall('settings.setProxyPassword')
  const [choosesOwn, setChoosesOwn] = useState(false)
  if (!open) return null
  const mode = choosesOwn ? 'own' : proxy.mode
  async function store(next: Choice, password: string) {
    const answer = await saving.save((now) => ({ ...now, proxy: next }))
    if (!answer.ok) return
    setChoosesOwn(false)
    if (password !== '') await setPassword.call({ password })
  }
  const failure = saving.failure ?? setPassword.failure
  function clear() {
    saving.clear()
    setPassword.clear()
  }
  return (
    <Section title="Proxy">
      {failure && <FailurePanel failure={failure} title="This was not stored" onClose={clear} />}
      <Facts>
        <Fact label="Reach services by">
          <SegmentedControl
            aria-label="Proxy"
            size="xs"
            mb={8}
            data={modes}
            value={mode}
            onChange={(value) => {
              if (value === 'own') return setChoosesOwn(true)
              setChoosesOwn(false)
              void store({ mode: value === 'off' ? 'off' : 'automatic' }, '')
            }}
          />
          {mode === 'own' && (
            <OwnProxy
              key={JSON.stringify(proxy)}
              proxy={proxy.mode === 'own' ? proxy : blank}
              pending={saving.pending || setPassword.pending}
              onSave={(next, password) => void store(next, password)}
            />
          )}
        </Fact>
      </Facts>
      <p className={textStyles.text}>
        {kind === 'desktop'
          ? 'Automatic takes HTTPS_PROXY and NO_PROXY where they are set, else the system’s proxy or its PAC script.'
          : 'Automatic takes HTTPS_PROXY and NO_PROXY of the environment that Grantdesk runs in.'}{' '}
        This machine itself is always reached directly.
      </p>
    </Section>
  )
}
