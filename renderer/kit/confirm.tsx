// Asks before something that cannot be taken back. Says what will happen; the safe answer has the focus.
import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure } from '../../contract/failure.ts'
import { FailurePanel } from './failure-panel.tsx'

interface ConfirmProps {
  opened: boolean
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  /** The word on the button that does it: "Revoke". */
  action: string
  /** A further way to do it, beside the operation. */
  alternative?: { action: string; pending: boolean; run(): void }
  /** Whether the operation takes something away. */
  destructive?: boolean
  pending?: boolean
  failure?: Failure | null
  onConfirm(): void
  onClose(): void
}

/** A question with two answers, Cancel and the operation itself, or a third where there are two ways to do it. */
export function Confirm(props: ConfirmProps) {
  const {
    opened,
    title,
    children,
    action,
    alternative,
    destructive = true,
    pending = false,
    failure,
    onConfirm,
    onClose,
  } = props
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={420} closeOnClickOutside={!pending}>
      {children}
      {failure && (
        <div style={{ marginTop: 12 }}>
          <FailurePanel failure={failure} />
        </div>
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        {alternative && (
          <Button
            variant="light"
            color="red"
            loading={alternative.pending}
            disabled={pending}
            onClick={alternative.run}
          >
            {alternative.action}
          </Button>
        )}
        <Button
          disabled={alternative?.pending}
          color={destructive ? 'red' : undefined}
          loading={pending}
          onClick={onConfirm}
        >
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
