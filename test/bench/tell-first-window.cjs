// Loaded before the application, by `-r`: tells the bench when the first window has drawn text, and ends the application.
'use strict'
const { readFileSync, writeSync } = require('node:fs')
const { join } = require('node:path')
const vm = require('node:vm')
const { app } = require('electron')

/** In the page: settles after the frame in which text stands there for the first time. */
const drawn = `new Promise((settle) => {
  const look = () => {
    if (document.body?.innerText.trim()) requestAnimationFrame(() => requestAnimationFrame(settle))
    else requestAnimationFrame(look)
  }
  look()
})`

/**
 * How long the file that the main process begins with is compiled (ms): an older runtime is given the whole of it in one. 0 on
 * today's, where it is an ES module, and small.
 */
let compilingMain = 0
const { compileFunction } = vm
vm.compileFunction = (code, parameters, options) => {
  const began = performance.now()
  const compiled = compileFunction(code, parameters, options)
  if (options?.filename === mainFile()) compilingMain = performance.now() - began
  return compiled
}

function mainFile() {
  const { main } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))
  return join(app.getAppPath(), main)
}

app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', async () => {
    await window.webContents.executeJavaScript(drawn)
    if (!window.isVisible()) await new Promise((shown) => window.once('show', shown))
    writeSync(1, 'first window drawn\n')
    const older = compilingMain + globalThis.blockedByKeychain
    writeSync(1, `of that the older runtime: ${older} ms\n`)
    app.exit(0)
  })
})
