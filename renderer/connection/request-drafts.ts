// What was typed into a connection's test request, kept until the vault is locked so that looking elsewhere loses nothing: a
// header or a body may hold a secret. Answers are not kept here, and nothing of it is written anywhere.
import { whenLocked } from '../state/when-locked.ts'
import type { RequestDraft } from './ready-request.ts'

const drafts = new Map<string, RequestDraft>()
whenLocked(() => drafts.clear())

export function keptDraft(connectionId: string): RequestDraft | undefined {
  return drafts.get(connectionId)
}

export function keepDraft(connectionId: string, draft: RequestDraft): void {
  drafts.set(connectionId, draft)
}
