// How wide an element is, kept up to date.
import { type RefObject, useLayoutEffect, useState } from 'react'

/** In CSS pixels, without its scroll bar; `null` before it stands. */
export function useWidth(ref: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    const observer = new ResizeObserver(measure)
    measure()
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
