// The user code, large enough to be read across a desk, and where to enter it. @see RFC 8628 §3.3
import { useState } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import { BrowseButton } from './browse-button.tsx'
import classes from './device-panel.module.css'
import stepStyles from './step.module.css'

interface DevicePanelProps {
  attempt: Extract<Attempt, { state: 'awaiting_device' }>
  /** Whether the person opens the browser. */
  byHand: boolean
}

export function DevicePanel({ attempt, byHand }: DevicePanelProps) {
  const browse = useCall('connect.browse')
  const [firstInterval] = useState(attempt.interval)
  const filledIn = attempt.verificationUriComplete !== null
  return (
    <div className={stepStyles.section}>
      <div className={classes.code}>
        <p className={stepStyles.label}>User code</p>
        <output className={classes.userCode} aria-label="User code">
          {attempt.userCode}
        </output>
        <CopyText text={attempt.userCode} label="Copy code" wide />
      </div>
      <div>
        <p className={stepStyles.label}>Enter it at</p>
        <div className={stepStyles.uri}>
          <output className={stepStyles.address} aria-label="Verification URI">
            {attempt.verificationUri}
          </output>
          <CopyText text={attempt.verificationUri} label="Copy address" wide />
          <BrowseButton
            call={browse}
            id={attempt.id}
            address={attempt.verificationUriComplete ?? attempt.verificationUri}
            byHand={byHand}
            variant={byHand ? 'filled' : 'default'}
          />
        </div>
      </div>
      {browse.failure && <FailurePanel failure={browse.failure} onClose={browse.clear} />}
      <p className={textStyles.hint}>
        {filledIn && 'Opened from here the code is filled in: check that it is this one. '}
        Grantdesk asks every {attempt.interval} s whether you have decided
        {attempt.interval > firstInterval && `, since the server asked for longer pauses than ${firstInterval} s`}.
      </p>
    </div>
  )
}
