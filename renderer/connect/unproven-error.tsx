// An error that came back without this attempt's state: it may be the service's answer, or anybody's who can reach the
// port. It is shown, and the person, who sees the browser, decides.
import { Button } from '@mantine/core'
import { Notice } from '../kit/notice.tsx'

interface UnprovenErrorProps {
  words: string
  cancelling: boolean
  onCancel: () => void
}

export function UnprovenError({ words, cancelling, onCancel }: UnprovenErrorProps) {
  return (
    <Notice
      action={
        <Button size="xs" variant="default" loading={cancelling} onClick={onCancel}>
          Cancel this attempt
        </Button>
      }
    >
      An error came back that nothing proves to be the answer: <q translate="no">{words}</q>. It carries no state of
      this attempt, so Grantdesk goes on waiting. If your browser shows that the service refused, cancel and mend what
      it says.
    </Notice>
  )
}
