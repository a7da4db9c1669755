// Replaces a client’s secret, then refreshes each of its connections with the new one; a mistyped secret can be entered again.
import { useState } from 'react'
import type { ClientView } from '../../contract/client.ts'
import { ClientCheck } from './client-check.tsx'
import { ClientSecretForm } from './client-secret-form.tsx'

export function ClientSecretReplacement({ client, onClose }: { client: ClientView; onClose(): void }) {
  const [replaced, setReplaced] = useState(false)
  if (replaced) return <ClientCheck client={client} atOnce onEnterSecret={() => setReplaced(false)} onClose={onClose} />
  const onReplaced = () => (client.connectionCount > 0 ? setReplaced(true) : onClose())
  return <ClientSecretForm client={client} onReplaced={onReplaced} onClose={onClose} />
}
