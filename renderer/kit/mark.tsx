// Grantdesk's mark: a key, as on the icon, in the accent colour.

export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="var(--gd-accent)" />
      <g fill="none" stroke="var(--gd-page)" strokeWidth="1.8" strokeLinecap="round">
        <circle cx="7.2" cy="10" r="3.2" />
        <path d="M10.4 10h5.8M14.2 10v2.6" />
      </g>
    </svg>
  )
}
