// What the system's error codes mean for the vault, and what to do about them. Never quotes the system's message, which may
// contain what was being written, nor suggests the copy if the file itself may be intact.
import { systemCode } from '../system-code.ts'

interface Meaning {
  words: string
  remedy: string | ((path?: string) => string)
}

const whole = 'Leave the vault’s file as it is: nothing says that it is damaged.'
const room = `Make room there (a few megabytes will do), then try again. ${whole}`
const rights = `Give this user the right to read and write the vault’s folder and what is in it, then try again. ${whole}`
const place = 'See that the vault’s folder is where it was (its disk may not be mounted), then try again.'

const away = (path = 'the link in the place of the vault’s file') =>
  `See that the disk that ${path} leads to is there (it may not be mounted), then try again. ${whole}`

/** These name the path, where the system told it. */
const stray = (path = 'what lies in the vault’s folder and is not Grantdesk’s') =>
  `Move ${path} away (Grantdesk did not put it there), then try again.`
const noFolder = (path = 'the place of the vault’s folder') =>
  `At ${path} there can be no folder: a file is in the way. Move it away, or name another folder with GRANTDESK_HOME, then try again.`

const meanings: Record<string, Meaning | undefined> = {
  ENOSPC: { words: 'the disk is full', remedy: room },
  EDQUOT: { words: 'the room that this user has on the disk is used up', remedy: room },
  EROFS: { words: 'the disk can be read only', remedy: `Make the disk writable, then try again. ${whole}` },
  EACCES: { words: 'this user has no right to it', remedy: rights },
  EPERM: { words: 'the system does not allow it', remedy: rights },
  ENOENT: { words: 'it is not there', remedy: place },
  ENOTDIR: { words: 'a part of its path is no folder', remedy: noFolder },
  EEXIST: { words: 'a file lies in the place of a folder', remedy: noFolder },
  EISDIR: { words: 'a folder lies in the place of a file', remedy: stray },
  ERR_FS_EISDIR: { words: 'a folder lies in the place of a file', remedy: stray },
  NO_FILE: { words: 'something that is no ordinary file lies in the place of one', remedy: stray },
  LINK_TARGET_AWAY: { words: 'it is a link to a place that cannot be reached now', remedy: away },
  EIO: { words: 'the disk reports an error', remedy: 'See to the disk, then try again.' },
}

const usual = 'See that the disk has room and that the vault’s folder can be read and written, then try again.'

/** What to do where the system refused to use the vault's folder or its file. */
export function systemRemedy(error: unknown): string {
  const remedy = meanings[systemCode(error)]?.remedy ?? usual
  return typeof remedy === 'string' ? remedy : remedy(pathOf(error))
}

/** Where two paths are named, what is in the way lies at the second. */
function pathOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('dest' in error && typeof error.dest === 'string') return error.dest
  return 'path' in error && typeof error.path === 'string' ? error.path : undefined
}

/** Whether the disk has lost the content, as far as the system can tell, and not only keeps it out of reach now. */
export function isDiskFailure(error: unknown): boolean {
  return systemCode(error) === 'EIO'
}

/** The system's reason in words with its code, after a colon; '' where it was not the system. */
export function errorCode(error: unknown): string {
  const code = systemCode(error)
  if (code === '') return ''
  const meaning = meanings[code]
  return meaning ? `: ${meaning.words} (${code})` : ` (${code})`
}
