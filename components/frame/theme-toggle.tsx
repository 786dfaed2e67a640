'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { createContext, use, useState, type ReactNode } from 'react'
import { IconButton } from '../ui/button'
import { showTheme, THEMES, type Theme } from '../ui/theme'

const Context = createContext<{ theme: Theme; next: () => void }>({ theme: 'system', next: () => undefined })
export const useTheme = () => use(Context)

export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState(initial)
  const next = () => {
    const chosen = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]
    showTheme(chosen)
    setTheme(chosen)
  }
  return <Context value={{ theme, next }}>{children}</Context>
}

const ICON = { system: Monitor, light: Sun, dark: Moon }

export function ThemeToggle() {
  const { theme, next } = useTheme()
  const Icon = ICON[theme]
  return <IconButton label={`Theme: ${theme === 'system' ? 'as the system' : theme}. Change`} onClick={next}><Icon size={16} aria-hidden /></IconButton>
}
