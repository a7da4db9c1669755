// On which screen a damaged record is told in full. Pure.
import type { DamagedRecord } from '../../contract/damage.ts'
import type { Screen } from '../state/screen.ts'

export function placeOf({ kind, id, serviceId }: DamagedRecord): Screen {
  if (kind === 'connection' || kind === 'tokens') return { name: 'connection', id }
  if (kind === 'service') return { name: 'services', serviceId: id }
  if (kind === 'client' || kind === 'client_secret') return { name: 'services', serviceId: serviceId ?? undefined }
  return { name: 'settings' }
}
