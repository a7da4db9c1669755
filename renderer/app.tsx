// The application over a door: shows the vault's gate or the three columns.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { Door } from '../contract/caller.ts'
import { ToastRegion } from './kit/toasts.tsx'
import { styleNonce } from './policy.ts'
import { Frame } from './shell/frame.tsx'
import { HostLine } from './shell/host-line.tsx'
import { VaultGate } from './shell/vault-gate.tsx'
import { DoorProvider } from './state/door.tsx'
import { useGrantdesk } from './state/store.ts'
import { cssVariables, theme } from './theme/theme.ts'

const colorScheme = localStorageColorSchemeManager({ key: 'grantdesk-color-scheme' })

function Content() {
  const loaded = useGrantdesk((state) => state.loaded)
  const vault = useGrantdesk((state) => state.vault)
  if (!loaded) return <HostLine />
  return vault.state === 'open' ? <Frame /> : <VaultGate vault={vault} />
}

/** Everything the person sees, over `door`. */
export function App({ door }: { door: Door }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
      getStyleNonce={() => styleNonce}
    >
      <DoorProvider door={door}>
        <Content />
        <ToastRegion />
      </DoorProvider>
    </MantineProvider>
  )
}
