// Copying a secret: the host's clipboard where it has one, this tab's own otherwise; in both cases said in words.
import type { Failure } from '../../contract/failure.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { toast } from '../kit/toasts.tsx'
import { useDoor } from '../state/door.tsx'
import { putSecret, tabClipboard } from './secret-clipboard.ts'

export type CopyInput = ProcedureInput<'connections.copy'>

const words: Record<CopyInput['what'], string> = {
  access_token: 'Access token copied.',
  header: 'Authorization header copied.',
  curl: 'Copied as a curl command, access token included.',
}

const noAccess: Failure = {
  kind: 'not_supported',
  message: 'The browser did not let this page write to the clipboard.',
  remedy: 'Click into the page and copy again, or reveal the token and copy it by hand.',
}

function clearByHand(): void {
  tabClipboard.write('').catch(() => {
    toast({ message: 'The browser did not let this page clear the clipboard.', tone: 'bad' })
  })
}

/** Answers the failure, or `null` when the secret is on the clipboard. */
export function useSecretCopy(): (input: CopyInput) => Promise<Failure | null> {
  const door = useDoor()
  return async (input) => {
    const answer = await door.call('connections.copy', input)
    if (!answer.ok) return answer.failure
    const { text, clearsAfterSeconds } = answer.value
    const cleared = `It leaves the clipboard in ${clearsAfterSeconds} s.`
    if (text === null) {
      toast({ message: `${words[input.what]} ${cleared}` })
      return null
    }
    try {
      const { clears } = await putSecret(text, clearsAfterSeconds, tabClipboard)
      if (clears === 'by_itself')
        toast({
          message: `${words[input.what]} Grantdesk clears it in ${clearsAfterSeconds} s while this tab stays open.`,
        })
      else
        toast({
          message: `${words[input.what]} This browser does not let a page look at the clipboard again: clear it when you are done.`,
          action: {
            label: 'Clear clipboard',
            run: clearByHand,
          },
        })
      return null
    } catch {
      return noAccess
    }
  }
}
