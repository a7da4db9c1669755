// What was typed into a connection's test request, kept while the page lives so that looking elsewhere loses nothing.
// Answers are not kept here, and nothing of it is written anywhere.
import type { RequestDraft } from './ready-request.ts'

const drafts = new Map<string, RequestDraft>()

export function keptDraft(connectionId: string): RequestDraft | undefined {
  return drafts.get(connectionId)
}

export function keepDraft(connectionId: string, draft: RequestDraft): void {
  drafts.set(connectionId, draft)
}
