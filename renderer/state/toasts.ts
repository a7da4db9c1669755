// Short messages that go away by themselves. Owns their form and their order; the region that shows them is in kit.

export interface ToastInput {
  message: string
  tone?: 'plain' | 'good' | 'warn' | 'bad'
  /** One thing to do about it, such as Undo. */
  action?: { label: string; run: () => void }
  /** How long it stays (ms); longer where there is something to do. */
  lasts?: number
}
export interface Toast extends ToastInput {
  id: string
}

/** So many are kept: the newest two are shown, and how many more there are. */
const most = 8

/** So long stays good news that the person did not cause (ms). */
export const newsLasts = 5_000

/** Adds a toast at the end; the oldest makes room. */
export function withToast(toasts: Toast[], toast: Toast): Toast[] {
  return [...toasts, toast].slice(-most)
}

export function withoutToast(toasts: Toast[], id: string): Toast[] {
  return toasts.filter((toast) => toast.id !== id)
}

/** How long a toast stays (ms): 4 s, or 10 s where it offers something to do. */
export function toastLasts(toast: ToastInput): number {
  return toast.lasts ?? (toast.action ? 10_000 : 4_000)
}
