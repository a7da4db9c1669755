// A body to be written: what is typed goes up at once, what comes from above replaces it.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { type CSSProperties, useEffect, useRef } from 'react'
import type { Language } from './body-text.ts'
import classes from './code.module.css'
import { look } from './editor-look.ts'

export interface BodyEditorProps {
  text: string
  language: Language
  label: string
  hint?: string
  maxHeight?: number
  onChange: (text: string) => void
}

/** Tab is left to the page: the keyboard must be able to leave the editor. */
export function BodyEditor({ text, language, label, hint = '', maxHeight = 280, onChange }: BodyEditorProps) {
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef({ text, onChange })
  latest.current = { text, onChange }

  useEffect(() => {
    if (!parent.current) return
    const made = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          history(),
          drawSelection(),
          lineNumbers(),
          bracketMatching(),
          indentOnInput(),
          placeholder(hint),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          look(language),
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [language, label, hint])

  useEffect(() => {
    const shown = view.current
    if (!shown || shown.state.doc.toString() === text) return
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } })
  }, [text])

  return (
    <div ref={parent} className={classes.frame} style={{ '--code-max-height': `${maxHeight}px` } as CSSProperties} />
  )
}
