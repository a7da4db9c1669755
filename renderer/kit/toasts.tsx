// Where short messages stand: a polite live region at the foot of the window. They stay while pointed at or focused.
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

function ToastCard({ toast }: { toast: Toast }) {
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
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone && toast.tone !== 'plain' && <ToneShape tone={toast.tone} />}
      <span className={classes.text}>{toast.message}</span>
      {action && (
        <Button
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
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
    </div>
  )
}

/** The region itself; mounted once, by the shell. */
export function ToastRegion() {
  const toasts = useGrantdesk((state) => state.toasts)
  return (
    <div className={classes.region} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}
