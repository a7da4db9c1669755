// How code looks: one highlight style and one theme over the page's own variables, so that light and dark follow by
// themselves. The style elements that CodeMirror makes carry the page's nonce.
import { html } from '@codemirror/lang-html'
import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { styleNonce } from '../policy.ts'
import type { Language } from './body-text.ts'

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName], color: 'var(--code-name)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.attributeName], color: 'var(--code-value)' },
  { tag: [tags.punctuation, tags.angleBracket, tags.comment, tags.meta], color: 'var(--code-quiet)' },
])

const theme = EditorView.theme({
  '&': { fontSize: '12px', backgroundColor: 'transparent', color: 'var(--code-text)' },
  '&.cm-focused': { outline: '2px solid var(--gd-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--code-text)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    border: 'none',
    color: 'var(--code-quiet)',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 10px', minWidth: '26px' },
  '.cm-foldGutter .cm-gutterElement': { width: '14px', cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'transparent',
    border: '1px solid var(--code-quiet)',
    color: 'var(--code-quiet)',
    padding: '0 4px',
  },
  '.cm-cursor': { borderLeftColor: 'var(--code-text)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--code-selection)' },
  '.cm-placeholder': { color: 'var(--code-quiet)' },
})

function language(name: Language): Extension {
  if (name === 'json') return json()
  if (name === 'html' || name === 'xml') return html({ autoCloseTags: false })
  return []
}

/** Everything that viewer and editor share. */
export function look(name: Language): Extension {
  return [
    theme,
    syntaxHighlighting(highlight),
    language(name),
    EditorView.lineWrapping,
    styleNonce ? EditorView.cspNonce.of(styleNonce) : [],
  ]
}
