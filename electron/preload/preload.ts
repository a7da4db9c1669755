// The whole of what the window's page can reach: two functions. Refuses to hand out ipcRenderer, its events or any channel.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('grantdesk', {
  call: (procedure: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('door', { procedure, input }),
  listen: (onChange: (change: unknown) => void): (() => void) => {
    const pass = (_event: IpcRendererEvent, change: unknown) => onChange(change)
    ipcRenderer.on('change', pass)
    // The host answers on the same channel with everything, then with each change.
    void ipcRenderer.invoke('door', { listen: true })
    return () => {
      ipcRenderer.off('change', pass)
    }
  },
})
