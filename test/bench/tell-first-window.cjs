// Loaded before the application, by `-r`: tells the bench when the first window has drawn text, and ends the application.
'use strict'
const { writeSync } = require('node:fs')
const { app } = require('electron')

/** In the page: settles after the frame in which text stands there for the first time. */
const drawn = `new Promise((settle) => {
  const look = () => {
    if (document.body?.innerText.trim()) requestAnimationFrame(() => requestAnimationFrame(settle))
    else requestAnimationFrame(look)
  }
  look()
})`

app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', async () => {
    await window.webContents.executeJavaScript(drawn)
    if (!window.isVisible()) await new Promise((shown) => window.once('show', shown))
    writeSync(1, 'first window drawn\n')
    app.exit(0)
  })
})
