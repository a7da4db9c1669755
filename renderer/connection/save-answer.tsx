// Saves the whole body of an answer: the host does where it can, a browser tab downloads it piece by piece.

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { Door } from '../../contract/caller.ts'
import type { Failure } from '../../contract/failure.ts'
import { headerValue } from '../../contract/header-value.ts'
import type { RequestResult } from '../../contract/request.ts'
import { saveParts } from '../kit/save-text.ts'
import { useDoor } from '../state/door.tsx'
import { grantdesk } from '../state/store.ts'
import { answerFileName } from './answer-file-name.ts'

interface SaveAnswerProps {
  requestKey: string
  result: RequestResult
  onFailure: (failure: Failure) => void
}

export function SaveAnswer({ requestKey, result, onFailure }: SaveAnswerProps) {
  const door = useDoor()
  const [saving, setSaving] = useState(false)

  async function save() {
    setSaving(true)
    const saved = await saveWhole(door, requestKey, result)
    setSaving(false)
    if ('failure' in saved) {
      if (saved.failure.kind !== 'cancelled') onFailure(saved.failure)
    } else grantdesk.getState().toast({ tone: 'good', message: saved.words })
  }

  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={saving}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void save()}
    >
      Save body
    </Button>
  )
}

async function saveWhole(
  door: Door,
  key: string,
  result: RequestResult,
): Promise<{ words: string } | { failure: Failure }> {
  const fileName = answerFileName(result)
  const answer = await door.call('requests.save', { key, fileName })
  if (!answer.ok) return answer
  if (answer.value.savedAs !== null) return { words: `Saved as ${answer.value.savedAs}.` }
  const parts: BlobPart[] = []
  for (let at = 0, ended = false; !ended; ) {
    const piece = await door.call('requests.read', { key, at })
    if (!piece.ok) return piece
    parts.push(Uint8Array.from(atob(piece.value.base64), (character) => character.charCodeAt(0)))
    at = piece.value.next
    ended = piece.value.ended
  }
  saveParts(parts, fileName, headerValue(result.headers, 'content-type') ?? 'application/octet-stream')
  return { words: `${fileName} is in your downloads.` }
}
