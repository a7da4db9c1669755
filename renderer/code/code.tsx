// Bodies to be read and to be written, in an editor that is loaded when the first of them is opened. Until it is there the text
// stands in the same frame, plain.
import type { CSSProperties } from 'react'
import { LazyView, lazyPart } from '../kit/lazy-part.tsx'
import type { BodyEditorProps } from './body-editor.tsx'
import type { BodyViewProps } from './body-view.tsx'
import classes from './code.module.css'

const view = lazyPart<BodyViewProps>(async () => (await import('./body-view.tsx')).BodyView)
const editor = lazyPart<BodyEditorProps>(async () => (await import('./body-editor.tsx')).BodyEditor)

function Plain({ text, maxHeight }: { text: string; maxHeight: number }) {
  return (
    <pre className={classes.frame} style={{ '--code-max-height': `${maxHeight}px` } as CSSProperties}>
      {text}
    </pre>
  )
}

/** A body to be read. */
export function CodeView(props: BodyViewProps) {
  return (
    <LazyView part={view} props={props} meanwhile={<Plain text={props.text} maxHeight={props.maxHeight ?? 420} />} />
  )
}

/** A body to be written. */
export function CodeEditor(props: BodyEditorProps) {
  return (
    <LazyView part={editor} props={props} meanwhile={<Plain text={props.text} maxHeight={props.maxHeight ?? 280} />} />
  )
}

/** Fetches the editor before a body is opened. */
export async function loadCode(): Promise<void> {
  await Promise.all([view.load(), editor.load()])
}
