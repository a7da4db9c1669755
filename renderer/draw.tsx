// Draws the application into the page; what both entries share.
import '@mantine/core/styles.css'
import './theme/variables.css'
import './theme/mantine.css'
import './theme/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Door } from '../contract/caller.ts'
import { App } from './app.tsx'

/** Begins: everything the person sees comes from this door. */
export function draw(door: Door): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('The page has no #root.')
  createRoot(root).render(
    <StrictMode>
      <App door={door} />
    </StrictMode>,
  )
}
