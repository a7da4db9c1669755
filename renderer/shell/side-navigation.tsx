// The ways to the other screens, and the vault's badge at the foot of the left column.
import {
  IconArrowsExchange,
  IconHeartbeat,
  IconHistory,
  IconLock,
  IconServer2,
  IconSettings,
  IconTable,
  IconWebhook,
} from '@tabler/icons-react'
import { protectionWords } from '../kit/protection.ts'
import type { ScreenName } from '../state/screen.ts'
import { useGrantdesk } from '../state/store.ts'
import { loadScreen } from './screens.ts'
import classes from './side-navigation.module.css'

const places = [
  { name: 'inventory', label: 'Inventory', Icon: IconTable },
  { name: 'health', label: 'Health check', Icon: IconHeartbeat },
  { name: 'flows', label: 'Flows', Icon: IconArrowsExchange },
  { name: 'history', label: 'History', Icon: IconHistory },
  { name: 'webhooks', label: 'Webhooks', Icon: IconWebhook },
  { name: 'services', label: 'Services', Icon: IconServer2 },
  { name: 'settings', label: 'Settings', Icon: IconSettings },
] as const satisfies { name: ScreenName; label: string; Icon: unknown }[]

/** What protects the secrets, by its real name; leads to where it can be locked. */
function VaultBadge() {
  const vault = useGrantdesk((state) => state.vault)
  const go = useGrantdesk((state) => state.go)
  if (vault.state !== 'open') return null
  return (
    <button
      type="button"
      className={classes.vault}
      aria-label={`Vault open, protected by ${protectionWords(vault)}`}
      title={`Vault open, protected by ${protectionWords(vault)}`}
      onClick={() => go({ name: 'settings' })}
    >
      <IconLock size={14} aria-hidden="true" />
      <span className={classes.vaultWords}>{vault.openedWith}</span>
    </button>
  )
}

export function SideNavigation() {
  const screen = useGrantdesk((state) => state.screen.name)
  const go = useGrantdesk((state) => state.go)
  return (
    <div className={classes.foot}>
      <nav aria-label="Main">
        {places.map(({ name, label, Icon }) => (
          <button
            key={name}
            type="button"
            className={classes.place}
            aria-current={screen === name ? 'page' : undefined}
            onPointerEnter={() => loadScreen(name)}
            onFocus={() => loadScreen(name)}
            onClick={() => go({ name })}
          >
            <Icon size={16} stroke={1.6} aria-hidden="true" />
            {label}
          </button>
        ))}
      </nav>
      <VaultBadge />
    </div>
  )
}
