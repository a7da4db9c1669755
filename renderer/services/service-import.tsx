// Takes a service's description from a file. What would take another's place is asked first, in the host's own words.
import { Button, FileButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { tidyDescription } from '../../contract/tidy-description.ts'
import { Confirm } from '../kit/confirm.tsx'
import { hostWords } from '../kit/format.ts'
import { toast } from '../kit/toasts.tsx'
import type { Call } from '../state/use-call.ts'

interface ServiceImportProps {
  load: Call<'services.import'>
  onImported(id: string): void
}

/** `load` shows every other failure where there is room for it. */
export function ServiceImport({ load, onImported }: ServiceImportProps) {
  const [asked, setAsked] = useState<{ text: string; file: string; words: string } | null>(null)
  const take = async (text: string, file: string, replace: boolean) => {
    const tidy = tidyDescription(text)
    const answer = await load.call({ text: tidy.text, replace })
    if (!answer.ok) {
      if (answer.failure.kind !== 'conflict') return setAsked(null)
      load.clear()
      return setAsked({ text, file, words: answer.failure.message })
    }
    setAsked(null)
    onImported(answer.value.id)
    const told = [`${answer.value.name} imported from ${hostWords(file)}.`, ...tidy.words]
    toast({ message: told.join(' '), tone: 'good' })
  }
  const read = async (file: File | null) => {
    if (file) await take(await file.text(), file.name, false)
  }
  return (
    <>
      <FileButton accept="application/json,.json" onChange={read}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="xs"
            loading={load.pending}
            leftSection={<IconFileImport size={14} aria-hidden="true" />}
          >
            Import from file
          </Button>
        )}
      </FileButton>
      <Confirm
        opened={asked !== null}
        title="Replace the service?"
        action="Replace"
        pending={load.pending}
        onConfirm={() => asked && void take(asked.text, asked.file, true)}
        onClose={() => setAsked(null)}
      >
        {asked?.words}
      </Confirm>
    </>
  )
}
