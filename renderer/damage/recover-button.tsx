// Takes what is keptAs in the open vault from the last good copy, and says what came of it.
import { Button } from '@mantine/core'
import { recordsWords } from '../../contract/damage.ts'
import type { ProcedureOutput } from '../../contract/procedures.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'

/** Time to read where the file is (ms). */
const read = 15_000

interface RecoverButtonProps {
  size?: 'xs' | 'compact-xs'
  variant?: 'filled' | 'default'
}

/** What was recovered, what was not, and where the file is kept that can be put back. */
function resultWords({ recovered, unrecoverable, keptAs }: ProcedureOutput<'vault.recover'>): string {
  return [
    recovered.length > 0 ? `Recovered: ${recordsWords(recovered)}.` : 'Nothing could be recovered.',
    unrecoverable.length > 0 ? `Not in the last good copy: ${recordsWords(unrecoverable)}.` : '',
    keptAs === null ? '' : `The file as it was is kept: ${keptAs}`,
  ]
    .filter(Boolean)
    .join(' ')
}

export function RecoverButton({ size = 'xs', variant = 'filled' }: RecoverButtonProps) {
  const recover = useCall('vault.recover')
  async function run() {
    const answer = await recover.call({})
    if (!answer.ok) return
    toast({
      message: resultWords(answer.value),
      tone: answer.value.unrecoverable.length > 0 ? 'bad' : 'good',
      lasts: read,
    })
  }
  return (
    <>
      <Button size={size} variant={variant} loading={recover.pending} onClick={() => void run()}>
        Recover
      </Button>
      {recover.failure && <FailurePanel failure={recover.failure} onClose={recover.clear} />}
    </>
  )
}
