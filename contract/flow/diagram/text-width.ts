// How wide a text is at most, without measuring it on a screen, and texts cut to the room there is. The estimate is on the safe
// side: the faces that are used differ from system to system.

export type Face = 'plain' | 'mono'

/** The width of a character as a share of the font size. */
function widthOf(character: string, face: Face): number {
  const code = character.codePointAt(0) ?? 0
  // Han, kana, Hangul, emoji and what else is drawn wide; some scripts before them have wide letters, too.
  if (code >= 0x2e80) return 1.1
  if (code >= 0x0590 && code < 0x2000) return 1
  if (face === 'mono') return 0.64
  if (/[iljtfrI.,:;'|![\]() ]/.test(character)) return 0.42
  if (/[A-Z0-9_<>=+~%&#$?-]/.test(character)) return 0.72
  return /[mwMW@—…]/.test(character) ? 1 : 0.64
}

/** The greatest width of a line in pixels. */
export function textWidth(text: string, size: number, face: Face): number {
  let shares = 0
  for (const character of text) shares += widthOf(character, face)
  return shares * size
}

/**
 * A text as one line that cannot disturb its surroundings: no line breaks, no other control characters, none that turn the
 * direction of what follows.
 */
export function oneLine(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is replaced
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ')
      .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g, '')
      .trim()
  )
}

/** The longest text that is looked at; nothing wider has room in a diagram. */
const longest = 1_000

/** The beginning of a text that has room in `room` pixels, with `…` where something was cut. */
export function cutText(text: string, room: number, size: number, face: Face): string {
  const line = oneLine(text.slice(0, longest))
  if (text.length <= longest && textWidth(line, size, face) <= room) return line
  const left = room - textWidth('…', size, face)
  let kept = ''
  let width = 0
  for (const character of line) {
    width += widthOf(character, face) * size
    if (width > left) break
    kept += character
  }
  return left < 0 ? '' : `${kept.trimEnd()}…`
}
