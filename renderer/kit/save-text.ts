// Hands a text to the person as a file. In the desktop window downloads are refused: there the host saves files, and this is
// not called.

/** Downloads `text` under the name; works in a browser tab alone. */
export function saveText(text: string, fileName: string, type = 'application/json'): void {
  saveParts([text], fileName, type)
}

/** The same of what came in parts. */
export function saveParts(parts: BlobPart[], fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}

/** Takes what the host handed out; answers where it is now, in words. */
export function takeHandedOut(
  { text, fileName, savedAs }: { text: string | null; fileName: string; savedAs: string | null },
  type?: string,
): string {
  if (text !== null) saveText(text, fileName, type)
  return savedWords(fileName, savedAs)
}

/** Where a file is now: where the host saved it, or in the downloads of the browser. */
export function savedWords(fileName: string, savedAs: string | null): string {
  return savedAs === null ? `${fileName} is in your downloads.` : `Saved as ${savedAs}.`
}
