// For a runtime older than Electron 44 alone, where an adapter leaves these out: the clipboard as it is since 44, a
// keychain that makes the caller wait instead of the whole process, and calls that Node has learnt since.
// On today's Electron this file does nothing.
'use strict'
const electron = require('electron')
const { execFile } = require('node:child_process')
const { clipboard, safeStorage } = electron

const raw = /^electron application\/osclipboard;format="(.+)"$/

const older = Number(process.versions.electron.split('.')[0]) < 44

if (older) {
  const { readText, writeText } = clipboard
  class ClipboardItem {
    constructor(parts) {
      this.parts = parts
      this.types = Object.keys(parts)
    }
  }
  Object.defineProperty(electron, 'ClipboardItem', { value: ClipboardItem, enumerable: true })
  // One raw format or text at a time: the marks beside the text are noted for the test to look at.
  clipboard.write = async ([item]) => {
    globalThis.clipboardMarks = item.types.flatMap((type) => raw.exec(type)?.slice(1) ?? [])
    writeText.call(clipboard, item.parts['text/plain'])
  }
  clipboard.writeText = async (text) => writeText.call(clipboard, text)
  clipboard.readText = async () => readText.call(clipboard)
}

const question = [
  '--session',
  '--print-reply=literal',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets/aliases/default',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Secret.Collection',
  'string:Locked',
]

/** How long the keychain has blocked the main process (ms), which it does not do on today's Electron. */
globalThis.blockedByKeychain = 0

function blocking(work) {
  const began = performance.now()
  try {
    return work()
  } finally {
    globalThis.blockedByKeychain += performance.now() - began
  }
}

const keyringIsLocked = () =>
  new Promise((resolve) =>
    blocking(() => execFile('dbus-send', question, (_error, answer) => resolve(/boolean true/.test(answer)))),
  )

/** Chromium keeps its key once it has it, and asks the keyring no more. */
let hasKey = false

async function keyringOpen() {
  while (!hasKey && (await keyringIsLocked())) await new Promise((resolve) => setTimeout(resolve, 200))
}

if (older) {
  // By the desktop alone, whether its keyring is open or not.
  const desktop = process.env.ORIGINAL_XDG_CURRENT_DESKTOP ?? process.env.XDG_CURRENT_DESKTOP ?? ''
  safeStorage.getSelectedStorageBackend = () => (desktop.includes('GNOME') ? 'gnome_libsecret' : 'basic_text')
  safeStorage.isAsyncEncryptionAvailable = async () => {
    await keyringOpen()
    hasKey = blocking(() => safeStorage.isEncryptionAvailable())
    return hasKey
  }
  safeStorage.encryptStringAsync = async (text) => {
    await keyringOpen()
    return blocking(() => safeStorage.encryptString(text))
  }
  safeStorage.decryptStringAsync = async (sealed) => {
    await keyringOpen()
    return { result: blocking(() => safeStorage.decryptString(sealed)), shouldReEncrypt: false }
  }
}

const crypto = require('node:crypto')

// Since Node 17.
crypto.getRandomValues ??= (array) => crypto.webcrypto.getRandomValues(array)

// Since Node 21.7.
crypto.hash ??= (algorithm, text, encoding = 'hex') => crypto.createHash(algorithm).update(text).digest(encoding)

// Since Node 20.
const added = {
  toSorted(order) {
    return [...this].sort(order)
  },
  toReversed() {
    return [...this].reverse()
  },
}
for (const [name, value] of Object.entries(added)) {
  if (!(name in Array.prototype)) Object.defineProperty(Array.prototype, name, { value, writable: true })
}
