// Loaded before a command, by --require: writes down which modules of Node it has loaded when it ends.
'use strict'
const { writeFileSync } = require('node:fs')

process.on('exit', () => writeFileSync(process.env.LOADED_BUILTINS, JSON.stringify(process.moduleLoadList)))
