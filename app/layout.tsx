import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies, headers } from 'next/headers'
import { Providers } from '@/components/providers'
import { THEME_COOKIE, themeOf } from '@/components/ui/theme'
import './globals.css'

const inter = localFont({ src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', variable: '--font-inter', weight: '100 900', display: 'swap' })

export const metadata: Metadata = { title: { default: 'Recaption', template: '%s · Recaption' }, description: 'The desk at which a raw image–text dataset becomes a training set.' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value)
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" className={`${inter.variable} ${theme === 'system' ? '' : theme}`} suppressHydrationWarning>
      <body>
        <Providers theme={theme} nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
