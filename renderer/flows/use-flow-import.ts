// Reads files with recorded logins, piece by piece, and hands them to the host. Nothing of a file stays in the page.
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import { type FlowImport, longestPiece } from '../../contract/flow/flow-import.ts'
import { useDoor } from '../state/door.tsx'

export interface Reading {
  name: string
  size: number
  /** Bytes that were read. */
  read: number
  entries: number
  messages: number
}

/** What came of a file. */
export type Imported = { name: string } & ({ result: FlowImport } | { failure: Failure })

export interface FlowImporting {
  /** The file that is being read; `null` if none is. */
  reading: Reading | null
  /** Of the files that were chosen last. */
  imported: Imported[]
  start(files: readonly File[]): void
  cancel(): void
  dismiss(): void
}

const unreadable: Failure = {
  kind: 'not_found',
  message: 'This file cannot be read.',
  remedy: 'It may have been moved or changed since it was chosen.',
}

export function useFlowImport(): FlowImporting {
  const door = useDoor()
  const [reading, setReading] = useState<Reading | null>(null)
  const [imported, setImported] = useState<Imported[]>([])
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  async function send(file: File, signal: AbortSignal): Promise<Imported | null> {
    const { name, size } = file
    const begun = await door.call('flows.beginImport', {})
    if (!begun.ok) return { name, failure: begun.failure }
    const { id } = begun.value
    const failed = (failure: Failure) => {
      void door.call('flows.cancelImport', { id })
      return signal.aborted ? null : { name, failure }
    }
    for (let at = 0; at < size; at += longestPiece) {
      const base64 = await base64Of(file.slice(at, at + longestPiece))
      if (signal.aborted || base64 === null) return failed(unreadable)
      const answer = await door.call('flows.importPiece', { id, base64 })
      if (signal.aborted || !answer.ok) return failed(answer.ok ? unreadable : answer.failure)
      setReading({ name, size, read: Math.min(size, at + longestPiece), ...answer.value })
    }
    const ended = await door.call('flows.endImport', { id })
    return ended.ok ? { name, result: ended.value } : { name, failure: ended.failure }
  }

  async function startAll(files: readonly File[]): Promise<void> {
    stop.current?.abort()
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    setImported([])
    for (const file of files) {
      setReading({ name: file.name, size: file.size, read: 0, entries: 0, messages: 0 })
      const outcome = await send(file, signal)
      if (signal.aborted || outcome === null) return
      setImported((before) => [...before, outcome])
    }
    setReading(null)
  }

  return {
    reading,
    imported,
    start: (files) => void startAll(files),
    cancel() {
      stop.current?.abort()
      setReading(null)
    },
    dismiss: () => setImported([]),
  }
}

/** `null` if it cannot be read. */
function base64Of(piece: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(piece)
  })
}
