'use client'

import { Toaster as Sonner } from 'sonner'
import { useTheme } from '../frame/theme-toggle'

export { toast } from 'sonner'

export function Toaster() {
  const { theme } = useTheme()
  return <Sonner theme={theme} position="bottom-right" duration={5000} toastOptions={{ className: 'font-sans' }} />
}
