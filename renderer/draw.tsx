// Draws the application into the page; what both entries share.
import './theme/mantine-styles.ts'
import './theme/variables.css'
import './theme/mantine.css'
import './theme/global.css'
import { type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Door } from '../contract/caller.ts'
import { App } from './app.tsx'
import { AccessDenied } from './shell/access-denied.tsx'
import { keepAddress } from './state/keep-address.ts'
import { notingDoor } from './state/noting-door.ts'
import { grantdesk, showPlace } from './state/store.ts'

let root: Root | undefined

function show(content: ReactNode): void {
  const element = document.getElementById('root')
  if (!element) throw new Error('The page has no #root.')
  root ??= createRoot(element)
  root.render(<StrictMode>{content}</StrictMode>)
}

/** Begins: everything the person sees comes from this door. What the host tells is asked for before anything is drawn. */
export function draw(door: Door): void {
  keepAddress({ ...grantdesk, show: showPlace }, window)
  door.listen((change) => grantdesk.getState().apply(change))
  show(<App door={notingDoor(door, grantdesk.getState().note)} />)
}

/** In place of everything: the host does not let this tab in. */
export function drawAccessDenied(): void {
  show(<AccessDenied />)
}
