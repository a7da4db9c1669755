// Takes an imported service out of the catalogue, after asking.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { Confirm } from '../kit/confirm.tsx'
import { useCall } from '../state/use-call.ts'

export function ServiceRemoval({ service }: { service: ServiceView }) {
  const [asking, setAsking] = useState(false)
  const remove = useCall('services.remove')
  const confirm = async () => {
    const answer = await remove.call({ id: service.id })
    if (answer.ok) setAsking(false)
  }
  return (
    <>
      <Button variant="default" size="xs" aria-label={`Remove ${service.name}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Confirm
        opened={asking}
        title={`Remove ${service.name}?`}
        action="Remove"
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={confirm}
        onClose={() => {
          remove.clear()
          setAsking(false)
        }}
      >
        Its description leaves the catalogue. The file it came from stays where it is and can be imported again.
      </Confirm>
    </>
  )
}
