// The description that is being written. It outlives its screen, so that looking something up elsewhere loses nothing; it
// holds no secret.
import { createStore, useStore } from 'zustand'
import { isMembers, type Json, type Members, withValue } from './document.ts'

export interface Issue {
  path: string
  message: string
}

export interface Beginning {
  kind: 'new' | 'edit'
  /** The service that is changed. */
  serviceId: string | null
  document: Members
  /** Where it comes from, in words. */
  source: string
  /** What the person should look at. */
  notes: string[]
}

export interface Draft extends Beginning {
  /** What it began as. */
  initial: Members
  /** As text while it is edited as text; it may be no JSON at the moment. */
  text: string | null
  issues: Issue[]
  /** The id was written by hand and follows the name no longer. */
  idGiven: boolean
}

interface Drafts {
  draft: Draft | null
  begin(beginning: Beginning): void
  discard(): void
  set(path: string, value: Json | undefined): void
  write(text: string): void
  showForm(): void
  showText(): void
  setIssues(issues: Issue[]): void
}

export function printed(document: Members): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** What is wrong with a text as JSON, in the parser's words; `null` where nothing is. */
export function textProblem(text: string): string | null {
  try {
    return isMembers(JSON.parse(text)) ? null : 'A description is a JSON object.'
  } catch (error) {
    return error instanceof Error ? error.message : 'This is no JSON.'
  }
}

/** The document as it stands; `null` while its text is no JSON object. */
export function documentOf({ document, text }: Pick<Draft, 'document' | 'text'>): Members | null {
  if (text === null) return document
  return textProblem(text) === null ? (JSON.parse(text) as Members) : null
}

/** Whether something would be lost with it. */
export function isChanged(draft: Draft): boolean {
  const document = documentOf(draft)
  return document === null || JSON.stringify(document) !== JSON.stringify(draft.initial)
}

export const drafts = createStore<Drafts>()((update, get) => {
  const change = (part: (draft: Draft) => Partial<Draft>) => {
    const { draft } = get()
    if (draft) update({ draft: { ...draft, ...part(draft) } })
  }
  return {
    draft: null,
    begin: (beginning) =>
      update({
        draft: {
          ...beginning,
          initial: beginning.document,
          text: null,
          issues: [],
          idGiven: beginning.kind === 'edit',
        },
      }),
    discard: () => update({ draft: null }),
    set: (path, value) =>
      change(({ document, issues, idGiven }) => ({
        document: withValue(document, path, value),
        issues: issues.filter((issue) => issue.path !== path && !issue.path.startsWith(`${path}.`)),
        idGiven: idGiven || path === 'id',
      })),
    write: (text) => change(() => ({ text, issues: [] })),
    showText: () => change(({ document }) => ({ text: printed(document) })),
    showForm: () => change((draft) => ({ document: documentOf(draft) ?? draft.document, text: null })),
    setIssues: (issues) => change(() => ({ issues })),
  }
})

export function useDraft(): Draft | null {
  return useStore(drafts, ({ draft }) => draft)
}
