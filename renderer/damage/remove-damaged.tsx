// Removes a damaged record for good, after asking. Nothing is left that could be put back.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DamagedRecord } from '../../contract/damage.ts'
import { Confirm } from '../kit/confirm.tsx'
import { useCall } from '../state/use-call.ts'

/** What goes, and what does not end with it. */
function consequence({ kind, recoverable }: DamagedRecord): string {
  const first = recoverable ? 'It can still be recovered; removed, it is gone for good.' : 'It is gone for good then.'
  if (kind === 'connection')
    return `${first} Its tokens go with it, and go on working at the service until they end or are revoked there.`
  if (kind === 'tokens') return `${first} They go on working at the service until they end or are revoked there.`
  if (kind === 'client') return `${first} Its client secret goes with it, and its connections can no longer refresh.`
  return first
}

export function RemoveDamaged({ record }: { record: DamagedRecord }) {
  const remove = useCall('vault.removeDamaged')
  const [asking, setAsking] = useState(false)
  const { kind, id, what, name } = record
  const close = () => {
    remove.clear()
    setAsking(false)
  }
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Remove ${what} ${name}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Confirm
        opened={asking}
        title={`Remove the damaged ${what} ${name}?`}
        action="Remove"
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={() => void remove.call({ kind, id })}
        onClose={close}
      >
        {consequence(record)}
      </Confirm>
    </>
  )
}
