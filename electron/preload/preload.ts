// All that the window's page can reach: two functions. Never exposes ipcRenderer, its events or a channel.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'

type Listener = (change: unknown) => void

let listener: Listener | null = null
/** What came before the page listened for the first time, a snapshot first. */
let early: unknown[] | null = []

ipcRenderer.on('change', (_event: IpcRendererEvent, change: unknown) => {
  if (listener === null) early?.push(change)
  else listener(change)
})

/** The host sends a snapshot on the change channel, then each change. */
function askForChanges(): void {
  void ipcRenderer.invoke('door', { listen: true })
}

// Before the page's script is read, so that the snapshot is there when it runs.
askForChanges()

contextBridge.exposeInMainWorld('grantdesk', {
  call: (procedure: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('door', { procedure, input }),
  /** One listener at a time. */
  listen(onChange: Listener): () => void {
    const first = early
    early = null
    listener = onChange
    if (first === null) askForChanges()
    else for (const change of first) onChange(change)
    return () => {
      listener = null
    }
  },
})
