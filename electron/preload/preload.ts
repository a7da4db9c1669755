// All that the window's page can reach: two functions. Never exposes ipcRenderer, its events or a channel.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('grantdesk', {
  call: (procedure: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('door', { procedure, input }),
  listen: (onChange: (change: unknown) => void): (() => void) => {
    const pass = (_event: IpcRendererEvent, change: unknown) => onChange(change)
    ipcRenderer.on('change', pass)
    // The host sends a snapshot on the change channel, then each change.
    void ipcRenderer.invoke('door', { listen: true })
    return () => {
      ipcRenderer.off('change', pass)
    }
  },
})
