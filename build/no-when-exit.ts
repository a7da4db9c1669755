// In the place of when-exit within what is built: atomically, below conf and electron-store, removes its temporary files by it
// when the process ends, which we do ourselves. It listens to every signal, which swallows SIGABRT and SIGIO and takes SIGTERM,
// SIGINT and SIGHUP from Electron, which quits in order on them.

const whenExit = () => undefined

export { whenExit as default }
