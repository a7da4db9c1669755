// The device code: large enough to be read across a desk, with where to enter it.
import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Attempt } from '../../contract/attempt.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useCall } from '../state/use-call.ts'
import classes from './connect.module.css'

export function DevicePanel({ attempt }: { attempt: Extract<Attempt, { state: 'awaiting_device' }> }) {
  const browse = useCall('connect.browse')
  return (
    <div className={classes.section}>
      <p className={classes.label}>Code to enter</p>
      <output className={classes.userCode} aria-label="Code to enter">
        {attempt.userCode}
      </output>
      <p className={classes.label}>at</p>
      <p className={classes.authorizationUrl}>{attempt.verificationUri}</p>
      <div className={classes.buttons}>
        <CopyText text={attempt.userCode} label="Copy code" wide />
        <CopyText text={attempt.verificationUri} label="Copy address" wide />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} aria-hidden />}
          loading={browse.pending}
          onClick={() => void browse.call({ id: attempt.id })}
        >
          Open in the browser
        </Button>
      </div>
      {browse.failure && <FailurePanel failure={browse.failure} onClose={browse.clear} />}
      <p className={classes.hint}>Grantdesk asks every {attempt.interval} s whether you have decided.</p>
    </div>
  )
}
