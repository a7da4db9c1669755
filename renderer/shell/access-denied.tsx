// Shown in a tab that the host does not let in: the one thing that helps, and nothing of the vault.
import { Mark } from '../kit/mark.tsx'
import gateStyles from './gate.module.css'

export function AccessDenied() {
  return (
    <main className={gateStyles.page}>
      <div className={gateStyles.card}>
        <div className={gateStyles.brand}>
          <Mark />
          Grantdesk
        </div>
        <h1>This tab was not let in</h1>
        <p>
          Open the address that <code>grantdesk serve</code> printed where it was started.
        </p>
      </div>
    </main>
  )
}
