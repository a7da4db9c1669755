// The entry in Electron's window: the door is what the preload script exposes.
import './policy.ts'
import type { Door } from '../contract/caller.ts'
import type { Change } from '../contract/change.ts'
import { draw } from './draw.tsx'

interface Preloaded {
  call: Door['call']
  listen(onChange: (change: Change) => void): () => void
}

declare global {
  interface Window {
    grantdesk?: Preloaded
  }
}

const preloaded = window.grantdesk
if (!preloaded) throw new Error('This page belongs into the Grantdesk window.')

draw({ call: (name, input) => preloaded.call(name, input), listen: (onChange) => preloaded.listen(onChange) })
