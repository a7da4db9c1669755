// Where short messages stand: a polite live region over the list of connections, or, in a narrow window, below everything
// in a place of its own, so that no field that is written into is ever covered. They stay while pointed at or focused.
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import { type Toast, type ToastInput, toastLasts } from '../state/toasts.ts'
import { ToneShape } from './state-badge.tsx'
import classes from './toasts.module.css'

/** Says something for a few seconds; `action` offers one thing to do about it. */
export function toast(input: ToastInput): void {
  grantdesk.getState().toast(input)
}

function ToastCard({ toast, hidden }: { toast: Toast; hidden: boolean }) {
  const dismiss = useGrantdesk((state) => state.dismissToast)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(toast.id), toastLasts(toast))
    return () => clearTimeout(timer)
  }, [toast, held, dismiss])
  const { action } = toast
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from going away
    <div
      className={classes.toast}
      hidden={hidden}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone && toast.tone !== 'plain' && <ToneShape tone={toast.tone} />}
      <span className={classes.text}>{toast.message}</span>
      {action && (
        <Button
          className={classes.action}
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            dismiss(toast.id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <ActionIcon
        className={classes.close}
        variant="subtle"
        color="gray"
        size="sm"
        aria-label="Dismiss"
        onClick={() => dismiss(toast.id)}
      >
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
    </div>
  )
}

/** So many are in sight. */
const inSight = 2

/** The region itself; mounted once, by the shell. */
export function ToastRegion() {
  const toasts = useGrantdesk((state) => state.toasts)
  const [all, setAll] = useState(false)
  const more = toasts.length - inSight
  const open = all && more > 0
  if (all && more <= 0) setAll(false)
  return (
    <div className={classes.region} role="status" aria-live="polite">
      {more > 0 && !open && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {more} more
        </button>
      )}
      {toasts.map((toast, at) => (
        <ToastCard key={toast.id} toast={toast} hidden={!open && at < more} />
      ))}
    </div>
  )
}
