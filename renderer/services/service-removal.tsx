// Takes a service of the person's own out of the catalogue, after asking; an adjusted one becomes the shipped one again.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { Confirm } from '../kit/confirm.tsx'
import { useCall } from '../state/use-call.ts'

export function ServiceRemoval({ service }: { service: ServiceView }) {
  const adjusted = service.origin === 'adjusted'
  const action = adjusted ? 'Reset' : 'Remove'
  const [asking, setAsking] = useState(false)
  const remove = useCall('services.remove')
  const confirm = async () => {
    const answer = await remove.call({ id: service.id })
    if (answer.ok) setAsking(false)
  }
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${action} ${service.name}`} onClick={() => setAsking(true)}>
        {adjusted ? 'Reset to built in' : 'Remove'}
      </Button>
      <Confirm
        opened={asking}
        title={`${action} ${service.name}?`}
        action={action}
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={confirm}
        onClose={() => {
          remove.clear()
          setAsking(false)
        }}
      >
        {adjusted
          ? 'Your description goes, and the one that comes with Grantdesk stands in its place again.'
          : 'Its description leaves the catalogue. The file it came from stays where it is and can be imported again.'}
      </Confirm>
    </>
  )
}
