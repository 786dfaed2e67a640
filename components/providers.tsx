'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useState } from 'react'
import { ApiError } from './api'
import { KeysProvider } from './frame/keys'
import { ThemeProvider } from './frame/theme-toggle'
import { Toaster } from './ui/toast'
import type { Theme } from './ui/theme'

/** Asking again helps when the server was away, never when it said no. */
const again = (count: number, error: Error) => count < 2 && !(error instanceof ApiError && error.status < 500)

export function Providers({ children, theme, nonce }: { children: React.ReactNode; theme: Theme; nonce?: string }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: again, staleTime: 5_000, refetchOnWindowFocus: false } } }))
  return (
    <CSPProvider nonce={nonce}>
      <NuqsAdapter>
        <QueryClientProvider client={client}>
          <ThemeProvider initial={theme}>
            <Tooltip.Provider delay={400}>
              <KeysProvider>{children}</KeysProvider>
            </Tooltip.Provider>
            <Toaster />
          </ThemeProvider>
        </QueryClientProvider>
      </NuqsAdapter>
    </CSPProvider>
  )
}
