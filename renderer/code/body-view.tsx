// A body to be read: highlighted, foldable, selectable, never editable. Long bodies are drawn as far as they are seen.
import { selectAll } from '@codemirror/commands'
import { foldGutter, foldKeymap } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { type CSSProperties, useEffect, useRef } from 'react'
import type { Language } from './body-text.ts'
import classes from './code.module.css'
import { look } from './editor-look.ts'

export interface BodyViewProps {
  text: string
  language: Language
  /** What it is, for those who do not see it: "Response body". */
  label: string
  /** Height in pixels after which it scrolls. */
  maxHeight?: number
}

export function BodyView({ text, language, label, maxHeight = 420 }: BodyViewProps) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!parent.current) return
    const view = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, 'aria-readonly': 'true' }),
          keymap.of([{ key: 'Mod-a', run: selectAll }, ...foldKeymap]),
          lineNumbers(),
          language === 'json' ? foldGutter() : [],
          look(language),
        ],
      }),
    })
    return () => view.destroy()
  }, [text, language, label])
  return (
    <div ref={parent} className={classes.frame} style={{ '--code-max-height': `${maxHeight}px` } as CSSProperties} />
  )
}
